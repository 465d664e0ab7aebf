// Output that is whole or not there: nothing half-written bears its final name, also when the disk is full or
// the program is killed.
#pragma once

#include <filesystem>

namespace limpid {

// Brings the names in a folder to the disk, where the file system can.
void sync_folder(const std::filesystem::path& folder);

// An output folder OUT that is filled as OUT.partial and gets its name by commit().
class OutputFolder {
 public:
  enum class Start : unsigned char { fresh, resume };  // resume keeps what a killed run left in OUT.partial

  // Makes parents and OUT.partial, locks it against a second run and checks that it can be written to.
  // Throws Failure: E1010 OUT exists (without force), E1011 OUT exists and holds no output of limpid (with
  // force), E5001 not writable or in use.
  OutputFolder(const std::filesystem::path& out, bool force, Start start = Start::fresh);

  // Removes OUT.partial if the output was not committed, unless keep() was called. A killed process leaves
  // it.
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  const std::filesystem::path& path() const { return partial_; }  // where to write
  const std::filesystem::path& final_path() const { return out_; }

  // Renames OUT.partial to OUT; only now an older OUT is replaced (force). Throws Failure E1010, E5001.
  void commit();

  // Leaves OUT.partial for a later resume, or not.
  void keep(bool keep = true) { keep_ = keep; }

  // OUT.partial of an output. Throws Failure E5001 when OUT has no name of its own.
  static std::filesystem::path partial_path(const std::filesystem::path& out);

 private:
  void refuse_existing() const;
  void open_and_lock();
  void clear_left_over() const;
  void check_writable() const;

  std::filesystem::path out_, partial_;
  bool force_;
  bool committed_ = false, keep_ = false;
  int lock_ = -1;  // descriptor of OUT.partial
};

}  // namespace limpid
