#include "io/sqlite_journal.hpp"

#include <bit>
#include <chrono>
#include <cstring>

#include "io/sha256.hpp"
#include "io/sqlite_database.hpp"
#include "model/problem.hpp"

namespace limpid {

namespace {

static_assert(std::endian::native == std::endian::little, "journals hold the bits of little-endian doubles");

constexpr std::size_t kEmptyBytes = 16384, kRowBytes = 256;  // of a new file; of a member beside its numbers

constexpr const char* kSchema =
    "CREATE TABLE IF NOT EXISTS store (id TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS session (id INTEGER PRIMARY KEY, started REAL NOT NULL);"
    "CREATE TABLE IF NOT EXISTS member (member INTEGER PRIMARY KEY, failed INTEGER NOT NULL, cause TEXT NOT "
    "NULL, numbers BLOB NOT NULL, seconds REAL NOT NULL, lanes INTEGER NOT NULL, session INTEGER NOT NULL, "
    "finished REAL NOT NULL, sha256 TEXT NOT NULL);";

double now() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

void append(std::string& bytes, const std::vector<double>& values) {
  if (!values.empty())
    bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double));
}

std::string numbers_of(const MemberResult& r) {
  std::string bytes;
  append(bytes, r.metrics);
  append(bytes, r.closure);
  append(bytes, {r.capex, r.opex});
  append(bytes, r.series);
  return bytes;
}

std::vector<double> take(const std::string& bytes, std::size_t& at, std::size_t count) {
  std::vector<double> values(count);
  if (count > 0) std::memcpy(values.data(), bytes.data() + at, count * sizeof(double));
  at += count * sizeof(double);
  return values;
}

std::string checksum(const MemberResult& r, const std::string& numbers) {
  return sha256_hex(std::to_string(r.member) + (r.failed ? "f" : "d") + r.cause + '\0' + numbers);
}

// Undoes what is not committed when the scope is left by an exception.
class Transaction {
 public:
  // bytes: about what it writes, to be told when there is no room.
  explicit Transaction(SqliteDatabase& database, std::size_t bytes) : database_(database), bytes_(bytes) {
    database_.execute("BEGIN IMMEDIATE", bytes_);
  }
  ~Transaction() {
    if (committed_) return;
    try {
      database_.execute("ROLLBACK");
    } catch (const Failure&) {  // SQLite has rolled back by itself
    }
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    database_.execute("COMMIT", bytes_);
    committed_ = true;
  }

 private:
  SqliteDatabase& database_;
  std::size_t bytes_;
  bool committed_ = false;
};

}  // namespace

SqliteJournal::SqliteJournal(const std::filesystem::path& path, std::string store_id,
                             const MemberShape& shape, bool append)
    : store_id_(std::move(store_id)), shape_(shape) {
  std::error_code none;
  if (!append && std::filesystem::file_size(path, none) == 0 && !none) return;
  database_ = std::make_unique<SqliteDatabase>(
      path, append ? SqliteDatabase::Mode::write : SqliteDatabase::Mode::read);
  prepare(append);
}

SqliteJournal::~SqliteJournal() = default;

void SqliteJournal::prepare(bool append) {
  if (append) {
    database_->execute("PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL;");
    Transaction transaction(*database_, kEmptyBytes);
    database_->execute(kSchema, kEmptyBytes);
    SqliteStatement(*database_, "INSERT INTO store SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM store)")
        .bind_text(1, store_id_)
        .step();
    SqliteStatement session(*database_, "INSERT INTO session (started) VALUES (?1) RETURNING id");
    session.bind(1, now()).step();
    session_ = session.integer(0);
    session.step();
    transaction.commit();
  }
  check_owner();
}

void SqliteJournal::check_owner() const {
  SqliteStatement owner(*database_, "SELECT id FROM store");
  const std::string id = owner.step() ? owner.text(0) : "";
  const std::string file = database_->path().string();
  if (id != store_id_)
    throw Failure(Code::E1810, {file, 0, 0}, {file, "sweep", id.substr(0, 12), store_id_.substr(0, 12)});
}

std::vector<SqliteJournal::Entry> SqliteJournal::entries() const {
  const std::scoped_lock lock(mutex_);
  std::vector<Entry> list;
  if (!database_) return list;
  SqliteStatement rows(*database_, "SELECT member, failed FROM member ORDER BY member");
  while (rows.step()) list.push_back({static_cast<std::size_t>(rows.integer(0)), rows.integer(1) != 0});
  return list;
}

std::vector<std::size_t> SqliteJournal::done() const {
  std::vector<std::size_t> members;
  for (const Entry& entry : entries()) members.push_back(entry.member);
  return members;
}

void SqliteJournal::put(const MemberResult& result, double now) {
  SqliteStatement row(*database_, "INSERT OR REPLACE INTO member VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)");
  const std::string numbers = numbers_of(result), sum = checksum(result, numbers);
  row.bind(1, static_cast<std::int64_t>(result.member))
      .bind(2, static_cast<std::int64_t>(result.failed))
      .bind_text(3, result.cause)
      .bind_blob(4, numbers)
      .bind(5, result.seconds)
      .bind(6, static_cast<std::int64_t>(result.lanes))
      .bind(7, session_)
      .bind(8, now)
      .bind_text(9, sum)
      .step();
}

void SqliteJournal::add(const std::vector<MemberResult>& results) {
  const std::scoped_lock lock(mutex_);
  Transaction transaction(*database_, results.size() * (shape_.numbers() * sizeof(double) + kRowBytes));
  const double time = now();
  for (const MemberResult& result : results) put(result, time);
  transaction.commit();
}

MemberResult SqliteJournal::read(std::size_t member) const {
  const std::scoped_lock lock(mutex_);
  SqliteStatement row(*database_,
                      "SELECT failed, cause, numbers, seconds, lanes, sha256 FROM member WHERE member = ?1");
  const auto refuse = [&](const char* why) {
    const std::string file = database_->path().string();
    return Failure(Code::E1819, {file, 0, 0}, {file, "member " + std::to_string(member) + why});
  };
  if (!row.bind(1, static_cast<std::int64_t>(member)).step()) throw refuse(" is not there");
  MemberResult result;
  result.member = member;
  result.failed = row.integer(0) != 0;
  result.cause = row.text(1);
  const std::string numbers = row.blob(2);
  result.seconds = row.number(3);
  result.lanes = static_cast<int>(row.integer(4));
  if (numbers.size() != shape_.numbers() * sizeof(double)) throw refuse(" has another number of values");
  if (row.text(5) != checksum(result, numbers)) throw refuse(" does not have its checksum");
  std::size_t at = 0;
  result.metrics = take(numbers, at, shape_.metrics);
  result.closure = take(numbers, at, shape_.closure);
  result.capex = take(numbers, at, 1).front();
  result.opex = take(numbers, at, 1).front();
  result.series = take(numbers, at, shape_.series);
  return result;
}

std::vector<JournalSession> SqliteJournal::sessions() const {
  const std::scoped_lock lock(mutex_);
  std::vector<JournalSession> list;
  if (!database_) return list;
  SqliteStatement rows(*database_,
                       "SELECT started, MAX(finished), COUNT(*) FROM session JOIN member ON session.id = "
                       "member.session GROUP BY session.id ORDER BY session.id");
  while (rows.step())
    list.push_back({rows.number(0), rows.number(1), static_cast<std::size_t>(rows.integer(2))});
  return list;
}

}  // namespace limpid
