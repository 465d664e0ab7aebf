// Where a run stands between two steps, as bytes: named blocks one after another, values as they lie in
// memory.
//
// A class that has state gives one function, checkpoint(Checkpoint&), that writes or reads, so that the two
// cannot drift apart. What follows from other state is not kept but derived again, as long as that gives the
// same bits. What is read must stand under the same name in the same place with the size that is expected
// there; whoever holds the bytes guards them by a checksum.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace limpid {

// What was read is no checkpoint of this run; text: what is wrong with it.
class CheckpointError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Checkpoint {
 public:
  Checkpoint() = default;                                                               // to be written
  explicit Checkpoint(std::string bytes) : bytes_(std::move(bytes)), reading_(true) {}  // to be read

  bool reading() const { return reading_; }
  const std::string& bytes() const { return bytes_; }
  void expect_end() const;  // throws CheckpointError unless all was read

  // Plain values: numbers, flags, structs of them without gaps (a gap holds bytes that differ between equal
  // values).
  template <class T>
  void item(std::string_view name, T& value) {
    static_assert(std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>);
    if (!reading_) return put(name, &value, sizeof(T));
    get(name, &value, sizeof(T));
  }
  void item(std::string_view name, std::string& text);
  // As many as there are.
  template <class T>
  void item(std::string_view name, std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (!reading_) return put(name, values.data(), values.size() * sizeof(T));
    const std::size_t size = next_size(name);
    if (size % sizeof(T) != 0) refuse(name, size, size / sizeof(T) * sizeof(T));
    values.resize(size / sizeof(T));
    get(name, values.data(), size);
  }
  // As many as stand there already: a row per cell, junction, lane.
  template <class T>
  void fixed(std::string_view name, std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (!reading_) return put(name, values.data(), values.size() * sizeof(T));
    get(name, values.data(), values.size() * sizeof(T));
  }

 private:
  void put(std::string_view name, const void* data, std::size_t size);
  void get(std::string_view name, void* data, std::size_t size);
  std::size_t next_size(std::string_view name) const;  // of the block that comes, which must have this name
  [[noreturn]] static void refuse(std::string_view name, std::size_t there, std::size_t here);

  std::string bytes_;
  bool reading_ = false;
  std::size_t at_ = 0;
};

}  // namespace limpid
