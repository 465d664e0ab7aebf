#include "io/sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include "model/problem.hpp"

namespace limpid {

struct Sha256::Context {
  EVP_MD_CTX* handle = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(handle); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  if (EVP_DigestInit_ex(context_->handle, EVP_sha256(), nullptr) != 1) throw std::runtime_error("no SHA-256");
}

Sha256::~Sha256() = default;

void Sha256::add(const void* bytes, std::size_t count) {
  if (EVP_DigestUpdate(context_->handle, bytes, count) != 1) throw std::runtime_error("SHA-256 failed");
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  if (EVP_DigestFinal_ex(context_->handle, digest.data(), &length) != 1)
    throw std::runtime_error("SHA-256 failed");
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < length; ++i) {
    text.push_back(kDigits[digest[i] >> 4U]);
    text.push_back(kDigits[digest[i] & 15U]);
  }
  return text;
}

std::string sha256_of_text(std::string_view text) {
  Sha256 hash;
  hash.add(text);
  return hash.hex();
}

std::string sha256_of_file(const std::filesystem::path& file) {
  const std::string name = file.string();
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Failure(errno == ENOENT ? Code::E1001 : Code::E1004, {name}, {name, std::strerror(errno)});
  Sha256 hash;
  std::array<char, 65536> block{};
  while (in) {
    in.read(block.data(), block.size());
    hash.add(block.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (!in.eof()) throw Failure(Code::E1004, {name}, {name, std::strerror(errno)});
  return hash.hex();
}

}  // namespace limpid
