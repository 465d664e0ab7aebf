// NetCDF-4 files built and read in memory, so that the HDF5 library never meets the disk.
//
// Why: after a failed write (disk full, file size limit) HDF5 1.10 under NetCDF 4.9.0 keeps a broken file
// open and the process dies with SIGSEGV when it ends; an image in memory is written like any other file,
// with every error checked and the bytes needed known. Cost: the compressed file in memory, once.
#pragma once

#include <ncGroup.h>
#include <filesystem>
#include <string>

namespace limpid {

class NetcdfBuilder {
 public:
  explicit NetcdfBuilder(std::filesystem::path path);
  ~NetcdfBuilder();
  NetcdfBuilder(const NetcdfBuilder&) = delete;
  NetcdfBuilder& operator=(const NetcdfBuilder&) = delete;

  netCDF::NcGroup root() const { return netCDF::NcGroup(id_); }
  // Ends the image and writes it. Throws Failure E5010 (NetCDF) or E5002 (disk).
  void save();

 private:
  std::filesystem::path path_;
  int id_ = -1;
};

// A file's bytes opened as NetCDF. Throws Failure E1051 when that fails.
class NetcdfReader {
 public:
  explicit NetcdfReader(const std::filesystem::path& path);
  ~NetcdfReader();
  NetcdfReader(const NetcdfReader&) = delete;
  NetcdfReader& operator=(const NetcdfReader&) = delete;

  netCDF::NcGroup root() const { return netCDF::NcGroup(id_); }
  std::size_t file_bytes() const { return bytes_.size(); }

 private:
  std::string bytes_;
  int id_ = -1;
};

}  // namespace limpid
