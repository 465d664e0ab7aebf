#include "io/text.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace limpid {
namespace {

namespace fs = std::filesystem;

class TextFiles : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("limpid_text_" + std::to_string(getpid()) + "_" +
                                           testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::optional<TextFile> read(const std::string& bytes) {
    std::ofstream(folder_ / "表.csv", std::ios::binary) << bytes;
    return read_text_file(folder_ / "表.csv", "表.csv", problems_);
  }
  std::string only_problem() {
    const auto list = problems_.sorted();
    return list.size() == 1 ? list.front().text(Lang::en) : std::to_string(list.size()) + " problems";
  }

  fs::path folder_;
  Problems problems_;
};

TEST_F(TextFiles, BomAndLineEndsAreTakenAway) {
  const auto file = read(
      "\xEF\xBB\xBF"
      "a,b\r\n1,2\r3,4\n");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->text, "a,b\n1,2\n3,4\n");
  EXPECT_FALSE(file->from_gbk);
}

TEST_F(TextFiles, GbkIsDecodedAndNoted) {
  const auto file = read("\xB6\xCF\xC3\xE6,\xB0\xB1\xB5\xAA\n");  // 断面,氨氮
  ASSERT_TRUE(file) << only_problem();
  EXPECT_EQ(file->text, "断面,氨氮\n");
  EXPECT_TRUE(file->from_gbk);
  EXPECT_TRUE(problems_.empty());
}

TEST_F(TextFiles, FourByteGb18030IsDecoded) {
  const auto file = read("\xB6\xCF \x95\x32\x82\x36\n");  // U+20000
  ASSERT_TRUE(file) << only_problem();
  EXPECT_EQ(file->text, "断 \U00020000\n");
}

TEST_F(TextFiles, MissingFileIsReportedWhereItWasAskedFor) {
  EXPECT_FALSE(read_text_file(folder_ / "flows.csv", "flows.csv", problems_, {"case.toml", 12, 8}));
  EXPECT_EQ(only_problem(),
            "case.toml:12:8: error E1001: file not found: flows.csv\n    check the path; paths in a case are "
            "relative to "
            "its folder");
}

TEST_F(TextFiles, FolderInsteadOfFile) {
  EXPECT_FALSE(read_text_file(folder_, "series", problems_));
  EXPECT_EQ(only_problem().substr(0, 53), "series: error E1002: series is a folder, a file is ne");
}

TEST_F(TextFiles, EmptyFilesAreRefusedAlsoWithBomOrBlanks) {
  for (const char* bytes : {"", "\xEF\xBB\xBF", " \r\n\n\t"}) {
    problems_ = {};
    EXPECT_FALSE(read(bytes));
    EXPECT_TRUE(only_problem().starts_with("表.csv: error E1003: file is empty: 表.csv")) << only_problem();
  }
}

TEST_F(TextFiles, NulBytesAreRefusedWithTheirPlace) {
  EXPECT_FALSE(read(std::string("a,b\n1,\0", 7)));
  EXPECT_EQ(only_problem().substr(0, 24), "表.csv:2:3: error E1006");
  problems_ = {};
  EXPECT_FALSE(
      read(std::string("\xFF\xFE"
                       "a\0,\0",
                       6)));  // UTF-16
  EXPECT_NE(only_problem().find("E1006"), std::string::npos);
}

TEST_F(TextFiles, DamagedUtf8DoesNotBecomeChineseNonsense) {
  EXPECT_FALSE(read("断面,1\n断面\xE6\x96,1\n"));  // the bytes are valid GBK too
  EXPECT_EQ(only_problem().substr(0, 24), "表.csv:2:3: error E1007") << only_problem();
}

TEST_F(TextFiles, BytesOfNoEncodingAreRefused) {
  EXPECT_FALSE(read("abc\xFF\xFF\n"));
  EXPECT_EQ(only_problem().substr(0, 24), "表.csv:1:4: error E1007");
}

TEST_F(TextFiles, TooLargeFilesAreRefusedBeforeReading) {
  std::ofstream(folder_ / "big.csv") << "a";
  fs::resize_file(folder_ / "big.csv", kMaxTextBytes + 1);  // sparse
  EXPECT_FALSE(read_text_file(folder_ / "big.csv", "big.csv", problems_));
  EXPECT_NE(only_problem().find("E1005: big.csv is larger than 1073741824 bytes"), std::string::npos);
}

TEST(Text, Utf8IsValidatedStrictly) {
  EXPECT_EQ(first_invalid_utf8("断面 abc \U0001F30A é"), std::string_view::npos);
  for (const char* bad : {"\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE6\x96",
                          "\xF5\x80\x80\x80"})
    EXPECT_EQ(first_invalid_utf8("ab" + std::string(bad)), 2U);
}

TEST(Text, FullWidthFormsFoldToAscii) {
  EXPECT_EQ(to_ascii_digits("０１２３４５６７８９．－＋，：／％"), "0123456789.-+,:/%");
  EXPECT_EQ(to_ascii_digits("２０２５－０９－０１　０８：００"), "2025-09-01 08:00");
  EXPECT_EQ(to_ascii_digits("−5 断面é"), "-5 断面é");
}

TEST(Text, TrimmedTakesChineseAndHardBlanks) {
  EXPECT_EQ(trimmed("\u3000\u00A0 断 面\t\r\n"), "断 面");
  EXPECT_EQ(trimmed(" \u3000"), "");
  EXPECT_EQ(count_characters("断面a"), 3);
  EXPECT_EQ(replace_all("a·b·", "·", "*"), "a*b*");
}

}  // namespace
}  // namespace limpid
