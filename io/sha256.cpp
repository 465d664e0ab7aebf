#include "io/sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include "model/problem.hpp"

namespace limpid {

namespace {
void must(int ok) {
  if (ok != 1) throw std::runtime_error("SHA-256 failed in OpenSSL");
}
}  // namespace

struct Sha256::Impl {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

Sha256::Sha256() : impl_(std::make_unique<Impl>()) {
  must(EVP_DigestInit_ex(impl_->context.get(), EVP_sha256(), nullptr));
}
Sha256::~Sha256() = default;

void Sha256::update(const void* bytes, std::size_t count) {
  must(EVP_DigestUpdate(impl_->context.get(), bytes, count));
}

std::string Sha256::hex_so_far() const {
  Sha256 copy;
  must(EVP_MD_CTX_copy_ex(copy.impl_->context.get(), impl_->context.get()));
  return copy.hex();
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  must(EVP_DigestFinal_ex(impl_->context.get(), digest.data(), &length));
  std::string text;
  for (unsigned i = 0; i < length; ++i) {
    text += "0123456789abcdef"[digest[i] >> 4];
    text += "0123456789abcdef"[digest[i] & 15];
  }
  return text;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 sum;
  sum.update(bytes);
  return sum.hex();
}

std::string sha256_of_file(const std::filesystem::path& path) {
  const std::string name = path.string();
  std::ifstream file(path, std::ios::binary);
  if (!file && errno == ENOENT) throw Failure(Code::E1001, {name}, {name});
  Sha256 sum;
  std::string buffer(1 << 20, '\0');
  while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || file.gcount() > 0)
    sum.update(buffer.data(), static_cast<std::size_t>(file.gcount()));
  if (!file.eof()) throw Failure(Code::E1004, {name}, {name, std::strerror(errno)});
  return sum.hex();
}

std::vector<FileHash> hash_files(const std::filesystem::path& folder, const std::vector<std::string>& files) {
  std::vector<FileHash> hashes;
  for (const std::string& file : files) hashes.push_back({file, sha256_of_file(folder / file)});
  return hashes;
}

}  // namespace limpid
