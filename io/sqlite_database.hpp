// A database file of SQLite: opened, asked and told, with its errors as letters.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace limpid {

// Why SQLite refused, by what the user can do about it.
enum class DatabaseError : std::uint8_t { other, full, damaged, busy };

class SqliteDatabase {
 public:
  enum class Mode : unsigned char { read, write };  // write makes the file if it is not there

  // Throws Failure: E1819 damaged, E1812 locked by another for longer than `patience`, E5002 no room or the
  // disk fails, E5001 not to be opened.
  SqliteDatabase(std::filesystem::path path, Mode mode,
                 std::chrono::milliseconds patience = std::chrono::minutes(1));
  ~SqliteDatabase();
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;

  void execute(const char* sql, std::size_t bytes = 0);  // bytes: what it writes, for E5002
  const std::filesystem::path& path() const { return path_; }
  // Throws the Failure that SQLite's last status asks for; `bytes`: what was to be written.
  [[noreturn]] void fail(int status, std::size_t bytes = 0) const;

 private:
  friend class SqliteStatement;
  std::filesystem::path path_;
  sqlite3* handle_ = nullptr;
};

// A statement with its values; every call throws as the database does.
class SqliteStatement {
 public:
  SqliteStatement(SqliteDatabase& database, const char* sql);
  ~SqliteStatement();
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  // Parameters count from 1; texts and blobs must live until step() returns.
  SqliteStatement& bind(int parameter, std::int64_t value);
  SqliteStatement& bind(int parameter, double value);
  SqliteStatement& bind_text(int parameter, std::string_view text);
  SqliteStatement& bind_blob(int parameter, std::string_view bytes);
  bool step();  // true: a row is there
  void reset();

  // Columns count from 0.
  std::int64_t integer(int column) const;
  double number(int column) const;
  std::string text(int column) const;
  std::string blob(int column) const;

 private:
  SqliteDatabase& database_;
  sqlite3_stmt* handle_ = nullptr;
  std::size_t bound_ = 0;  // bytes
};

}  // namespace limpid
