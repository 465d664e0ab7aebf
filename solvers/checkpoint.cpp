#include "solvers/checkpoint.hpp"

#include <cstdint>
#include <cstring>

namespace limpid {

namespace {

// A block: length of its name, length of its data (both 8 bytes), name, data.
struct Head {
  std::uint64_t name = 0, data = 0;
};

}  // namespace

void Checkpoint::put(std::string_view name, const void* data, std::size_t size) {
  const Head head{name.size(), size};
  bytes_.append(reinterpret_cast<const char*>(&head), sizeof head);
  bytes_ += name;
  if (size > 0) bytes_.append(static_cast<const char*>(data), size);
}

std::size_t Checkpoint::next_size(std::string_view name) const {
  Head head;
  const std::size_t left = bytes_.size() - at_;
  if (left < sizeof head) throw CheckpointError("it ends before \"" + std::string(name) + "\"");
  std::memcpy(&head, bytes_.data() + at_, sizeof head);
  const std::size_t rest = left - sizeof head;
  if (head.name > rest || head.data > rest - head.name)
    throw CheckpointError("it ends inside \"" + std::string(name) + "\"");
  const std::string_view there(bytes_.data() + at_ + sizeof head, head.name);
  if (there != name)
    throw CheckpointError("\"" + std::string(there) + "\" stands where \"" + std::string(name) + "\" should");
  return head.data;
}

void Checkpoint::get(std::string_view name, void* data, std::size_t size) {
  const std::size_t there = next_size(name);
  if (there != size) refuse(name, there, size);
  at_ += sizeof(Head) + name.size();
  if (size > 0) std::memcpy(data, bytes_.data() + at_, size);
  at_ += size;
}

void Checkpoint::item(std::string_view name, std::string& text) {
  if (!reading_) return put(name, text.data(), text.size());
  text.resize(next_size(name));
  get(name, text.data(), text.size());
}

void Checkpoint::expect_end() const {
  if (at_ != bytes_.size())
    throw CheckpointError(std::to_string(bytes_.size() - at_) + " bytes are left over");
}

void Checkpoint::refuse(std::string_view name, std::size_t there, std::size_t here) {
  throw CheckpointError("\"" + std::string(name) + "\" has " + std::to_string(there) + " bytes, not " +
                        std::to_string(here));
}

}  // namespace limpid
