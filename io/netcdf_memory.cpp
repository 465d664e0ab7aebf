#include "io/netcdf_memory.hpp"

#include <netcdf.h>
#include <netcdf_mem.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

#include "io/output_file.hpp"
#include "model/problem.hpp"

namespace limpid {

namespace {

void must(int status, const std::filesystem::path& path) {
  if (status != NC_NOERR)
    throw Failure(Code::E5010, {path.string(), 0, 0}, {path.string(), nc_strerror(status)});
}

std::string read_bytes(const std::filesystem::path& path) {
  const std::string name = path.string();
  if (std::filesystem::is_directory(path)) throw Failure(Code::E1002, {name, 0, 0}, {name});
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Failure(Code::E1001, {name, 0, 0}, {name});
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return std::move(bytes).str();
}

// Anything else (and anything this short) never reaches the library: a 13-byte file is known to abort it.
bool looks_like_netcdf4(const std::string& bytes) {
  return bytes.size() >= 512 && bytes.starts_with("\x89HDF\r\n\x1a\n");
}

}  // namespace

NetcdfBuilder::NetcdfBuilder(std::filesystem::path path) : path_(std::move(path)) {
  must(nc_create_mem("results", NC_NETCDF4, 0, &id_), path_);
}

NetcdfBuilder::~NetcdfBuilder() {
  if (id_ >= 0) nc_abort(id_);
}

void NetcdfBuilder::save() {
  NC_memio image{};
  const int status = nc_close_memio(id_, &image);
  id_ = -1;
  const std::unique_ptr<void, decltype(&std::free)> owner(image.memory, &std::free);
  must(status, path_);
  write_file(path_, {static_cast<const char*>(image.memory), image.size});
}

NetcdfReader::NetcdfReader(const std::filesystem::path& path) : bytes_(read_bytes(path)) {
  const std::string name = path.string();
  if (!looks_like_netcdf4(bytes_)) throw Failure(Code::E1051, {name, 0, 0}, {name, "not a NetCDF-4 file"});
  const int status = nc_open_mem("results", NC_NOWRITE, bytes_.size(), bytes_.data(), &id_);
  if (status != NC_NOERR) throw Failure(Code::E1051, {name, 0, 0}, {name, nc_strerror(status)});
}

NetcdfReader::~NetcdfReader() {
  if (id_ >= 0) nc_close(id_);
}

}  // namespace limpid
