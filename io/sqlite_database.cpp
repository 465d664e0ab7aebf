#include "io/sqlite_database.hpp"

#include <sqlite3.h>

#include "model/problem.hpp"

namespace limpid {

namespace {

DatabaseError kind_of(int status) {
  switch (status & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
      return DatabaseError::full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_ERROR:     // a table that is not there
    case SQLITE_MISMATCH:  // a text where a number should stand
      return DatabaseError::damaged;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return DatabaseError::busy;
    default:
      return DatabaseError::other;
  }
}

}  // namespace

SqliteDatabase::SqliteDatabase(std::filesystem::path path, Mode mode, std::chrono::milliseconds patience)
    : path_(std::move(path)) {
  const int flags = mode == Mode::read ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  // Reading, too, opens for writing where it may: what a kill left half done is rolled back first.
  int status = sqlite3_open_v2(path_.c_str(), &handle_, flags | SQLITE_OPEN_FULLMUTEX, nullptr);
  try {
    if (status != SQLITE_OK) fail(status);
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_busy_timeout(handle_, static_cast<int>(patience.count()));
  } catch (...) {
    sqlite3_close(handle_);
    throw;
  }
}

SqliteDatabase::~SqliteDatabase() {
  sqlite3_close(handle_);
}

void SqliteDatabase::execute(const char* sql, std::size_t bytes) {
  if (const int status = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr); status != SQLITE_OK)
    fail(status, bytes);
}

void SqliteDatabase::fail(int status, std::size_t bytes) const {
  const std::string file = path_.string();
  const std::string reason = handle_ ? sqlite3_errmsg(handle_) : sqlite3_errstr(status);
  switch (kind_of(status)) {
    case DatabaseError::full:
      throw Failure(Code::E5002, {file, 0, 0}, {file, reason, std::to_string(bytes)});
    case DatabaseError::damaged:
      throw Failure(Code::E1819, {file, 0, 0}, {file, reason});
    case DatabaseError::busy:
      throw Failure(Code::E1812, {file, 0, 0}, {file, reason});
    default:
      throw Failure(Code::E5001, {file, 0, 0}, {file, reason});
  }
}

SqliteStatement::SqliteStatement(SqliteDatabase& database, const char* sql) : database_(database) {
  if (const int status = sqlite3_prepare_v2(database.handle_, sql, -1, &handle_, nullptr);
      status != SQLITE_OK)
    database.fail(status);
}

SqliteStatement::~SqliteStatement() {
  sqlite3_finalize(handle_);
}

SqliteStatement& SqliteStatement::bind(int parameter, std::int64_t value) {
  sqlite3_bind_int64(handle_, parameter, value);
  return *this;
}

SqliteStatement& SqliteStatement::bind(int parameter, double value) {
  sqlite3_bind_double(handle_, parameter, value);
  return *this;
}

SqliteStatement& SqliteStatement::bind_text(int parameter, std::string_view text) {
  bound_ += text.size();
  if (sqlite3_bind_text64(handle_, parameter, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8) !=
      SQLITE_OK)
    database_.fail(sqlite3_errcode(database_.handle_), bound_);
  return *this;
}

SqliteStatement& SqliteStatement::bind_blob(int parameter, std::string_view bytes) {
  bound_ += bytes.size();
  if (sqlite3_bind_blob64(handle_, parameter, bytes.data(), bytes.size(), SQLITE_STATIC) != SQLITE_OK)
    database_.fail(sqlite3_errcode(database_.handle_), bound_);
  return *this;
}

bool SqliteStatement::step() {
  const int status = sqlite3_step(handle_);
  if (status == SQLITE_ROW) return true;
  if (status != SQLITE_DONE) database_.fail(status, bound_);
  return false;
}

void SqliteStatement::reset() {
  sqlite3_reset(handle_);
  bound_ = 0;
}

std::int64_t SqliteStatement::integer(int column) const {
  return sqlite3_column_int64(handle_, column);
}

double SqliteStatement::number(int column) const {
  return sqlite3_column_double(handle_, column);
}

std::string SqliteStatement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  return text ? std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))) : "";
}

std::string SqliteStatement::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
  return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))) : "";
}

}  // namespace limpid
