#include "io/atomic_file.hpp"
#include "io/output_file.hpp"

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <string>

#include "io/sha256.hpp"
#include "model/problem.hpp"

namespace limpid {
namespace {

namespace fs = std::filesystem;

class Output : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("limpid_output_" + std::to_string(getpid()) + "_" +
                                           testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    out_ = folder_ / "结果";
    partial_ = folder_ / "结果.partial";
  }
  void TearDown() override { fs::remove_all(folder_); }

  static std::string content(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  // The problem that `action` fails with, as text.
  static std::string failure(const std::function<void()>& action, int exit_code) {
    try {
      action();
    } catch (const Failure& f) {
      EXPECT_EQ(f.exit_code(), exit_code);
      return f.problem().text(Lang::en);
    }
    return "no failure";
  }
  void write_output(bool force, const std::string& text) {
    OutputFolder folder(out_, force);
    write_file(folder.path() / "run.json", text);
    folder.commit();
  }

  fs::path folder_, out_, partial_;
};

TEST_F(Output, HasItsNameOnlyWhenWhole) {
  OutputFolder folder(out_, false);
  EXPECT_EQ(folder.path(), partial_);
  write_file(folder.path() / "run.json", "{}\n");
  EXPECT_FALSE(fs::exists(out_));
  folder.commit();
  EXPECT_EQ(content(out_ / "run.json"), "{}\n");
  EXPECT_FALSE(fs::exists(partial_));
}

TEST_F(Output, AnExistingOneIsNeverOverwrittenWithoutForce) {
  write_output(false, "first");
  const std::string text = failure([&] { OutputFolder again(out_, false); }, 2);
  EXPECT_EQ(text.substr(0, text.find('\n')), "error E1010: output is already there: " + out_.string());
  EXPECT_EQ(content(out_ / "run.json"), "first");
  EXPECT_FALSE(fs::exists(partial_));
}

TEST_F(Output, ForceReplacesOnlyAtTheEnd) {
  write_output(false, "first");
  std::ofstream(out_ / "results.nc") << "old";
  {
    OutputFolder folder(out_, true);
    write_file(folder.path() / "run.json", "second");
    EXPECT_EQ(content(out_ / "run.json"), "first");
    folder.commit();
  }
  EXPECT_EQ(content(out_ / "run.json"), "second");
  EXPECT_FALSE(fs::exists(out_ / "results.nc"));
  EXPECT_FALSE(fs::exists(partial_));
}

TEST_F(Output, ForceReplacesNothingButOutputs) {
  fs::create_directories(out_);
  std::ofstream(out_ / "thesis.tex") << "three years of work";
  EXPECT_NE(failure([&] { OutputFolder folder(out_, true); }, 2).find("E1011"), std::string::npos);
  EXPECT_TRUE(fs::exists(out_ / "thesis.tex"));
  std::ofstream(folder_ / "file") << "x";
  EXPECT_NE(failure([&] { OutputFolder folder(folder_ / "file", true); }, 2).find("E1011"),
            std::string::npos);
}

TEST_F(Output, AnExceptionLeavesNothing) {
  EXPECT_THROW(
      {
        OutputFolder folder(out_, false);
        write_file(folder.path() / "run.json", "{}");
        throw std::runtime_error("a run that failed");
      },
      std::runtime_error);
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(Output, AFailedForcedRunLeavesTheOldOne) {
  write_output(false, "first");
  EXPECT_THROW(
      {
        OutputFolder folder(out_, true);
        write_file(folder.path() / "run.json", "second");
        throw std::runtime_error("a run that failed");
      },
      std::runtime_error);
  EXPECT_EQ(content(out_ / "run.json"), "first");
}

TEST_F(Output, AKilledRunLeavesItsPartWhichResumeKeepsAndAFreshStartClears) {
  const pid_t child = fork();
  if (child == 0) {
    OutputFolder folder(out_, false);
    write_file(folder.path() / "record", "half");
    raise(SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_FALSE(fs::exists(out_));
  {
    OutputFolder resumed(out_, false, OutputFolder::Start::resume);
    EXPECT_EQ(content(partial_ / "record"), "half");
    resumed.keep();
  }
  EXPECT_TRUE(fs::exists(partial_ / "record"));
  OutputFolder fresh(out_, false);
  EXPECT_TRUE(fs::is_empty(partial_));
}

TEST_F(Output, TwoRunsCannotWriteToOnePlace) {
  OutputFolder first(out_, false);
  write_file(first.path() / "run.json", "{}");
  EXPECT_NE(failure([&] { OutputFolder second(out_, false); }, 5).find("another run is writing there"),
            std::string::npos);
  EXPECT_TRUE(fs::exists(partial_ / "run.json"));
}

TEST_F(Output, AFolderThatCannotBeMadeIsNamed) {
  std::ofstream(folder_ / "file") << "x";
  const fs::path below = folder_ / "file" / "out";
  EXPECT_EQ(failure([&] { OutputFolder folder(below, false); }, 5).substr(0, 12), "error E5001:");
  EXPECT_NE(failure([&] { OutputFolder folder("/proc/limpid/out", false); }, 5).find("/proc/limpid/out"),
            std::string::npos);
  EXPECT_NE(failure([&] { OutputFolder folder(".", false); }, 5).find("a name of its own"),
            std::string::npos);
}

TEST_F(Output, AnUnwritableFolderIsNamed) {
  if (geteuid() == 0) {
    // Permissions do not bind root; a read-only mount does.
    if (mount("tmpfs", folder_.c_str(), "tmpfs", MS_RDONLY, "size=64k") != 0)
      GTEST_SKIP() << "mounting is not allowed here";
    EXPECT_NE(failure([&] { OutputFolder folder(out_, false); }, 5).find("Read-only file system"),
              std::string::npos);
    umount(folder_.c_str());
  } else {
    fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_NE(failure([&] { OutputFolder folder(out_, false); }, 5).find("Permission denied"),
              std::string::npos);
    fs::permissions(folder_, fs::perms::owner_all);
  }
}

TEST_F(Output, TrailingSlashesNameTheSameFolder) {
  OutputFolder folder(out_ / "", false);
  EXPECT_EQ(folder.final_path(), out_);
  EXPECT_EQ(folder.path(), partial_);
}

// A file may grow to so many bytes, as on a full disk, while this lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &old_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit now{bytes, old_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit old_{};
  void (*handler_)(int) = SIG_DFL;
};

TEST_F(Output, AFileThatCannotGrowNamesFileAndBytes) {
  write_file(folder_ / "ledger.csv", "old");
  std::string text;
  {
    const FileSizeLimit limit(1000);
    text = failure([&] { write_file(folder_ / "ledger.csv", std::string(5000, 'x')); }, 5);
  }
  EXPECT_EQ(text.substr(0, text.find('\n')), "error E5002: writing " + (folder_ / "ledger.csv").string() +
                                                 " failed: File too large; 5000 bytes are needed there");
  EXPECT_EQ(content(folder_ / "ledger.csv"), "old");
  EXPECT_FALSE(fs::exists(folder_ / "ledger.csv.partial"));
}

TEST_F(Output, AFullDiskLeavesNothingUnderAFinalName) {
  if (mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=64k") != 0)
    GTEST_SKIP() << "mounting is not allowed here";
  const std::string text = failure(
      [&] {
        OutputFolder folder(out_, false);
        write_file(folder.path() / "small.csv", "fits");
        write_file(folder.path() / "results.nc", std::string(1 << 20, 'x'));
        folder.commit();
      },
      5);
  EXPECT_NE(text.find("No space left on device; 1048576 bytes are needed there"), std::string::npos) << text;
  EXPECT_NE(text.find("results.nc"), std::string::npos);
  EXPECT_TRUE(fs::is_empty(folder_));
  umount(folder_.c_str());
}

TEST_F(Output, TextIsReplacedWhole) {
  write_file(folder_ / "a.csv", "one");
  write_file(folder_ / "a.csv", "二\n");
  EXPECT_EQ(content(folder_ / "a.csv"), "二\n");
  EXPECT_NE(failure([&] { write_file(folder_ / "none" / "a.csv", "x"); }, 5).find("No such file"),
            std::string::npos);
}

TEST_F(Output, Sha256IsTheStandardOne) {
  // FIPS 180-2, appendix B.1 and B.3; the empty message.
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  const std::string million(1000000, 'a');
  EXPECT_EQ(sha256_hex(million), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  write_file(folder_ / "a", million);
  EXPECT_EQ(sha256_of_file(folder_ / "a"), sha256_hex(million));
  EXPECT_NE(failure([&] { sha256_of_file(folder_ / "b"); }, 2).find("E1001"), std::string::npos);
  EXPECT_NE(failure([&] { sha256_of_file(folder_); }, 2).find("E1004"), std::string::npos);
}

}  // namespace
}  // namespace limpid
