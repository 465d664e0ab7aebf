#include "io/run_json.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "io/results_netcdf.hpp"
#include "io/values_hash.hpp"
#include "model/problem.hpp"
#include "tests/io/tiny_basin.hpp"

namespace limpid {
namespace {

std::filesystem::path write_tiny(const std::string& name, double first_value) {
  const Basin basin = tiny::basin();
  Record record = tiny::record(basin);
  record.map_values[0] = first_value;
  auto path = tiny::folder(name) / "results.nc";
  write_results(path, basin, record, tiny::balance(), tiny::inputs(), tiny::basis());
  return path;
}

// FIPS 180-4 examples.
TEST(Sha256, KnownSums) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, FilesByTheirBytes) {
  const auto folder = tiny::folder("sha256");
  std::ofstream(folder / "a.csv", std::ios::binary) << "abc";
  EXPECT_EQ(sha256_of_file(folder / "a.csv"), sha256_hex("abc"));
  EXPECT_EQ(values_sha256(folder / "a.csv"), sha256_hex("abc"));
  EXPECT_THROW(sha256_of_file(folder / "missing.csv"), Failure);
}

TEST(ValuesSha256, SeesValuesNotTheirPacking) {
  const auto path = write_tiny("values_hash", 1.5), packed = path.parent_path() / "packed.nc";
  ASSERT_EQ(std::system(("nccopy -d 0 -c time/1 " + path.string() + " " + packed.string()).c_str()), 0);
  EXPECT_NE(sha256_of_file(path), sha256_of_file(packed));
  EXPECT_EQ(values_sha256(path), values_sha256(packed));
}

TEST(ValuesSha256, SeesTheLastBitOfAValue) {
  const std::string sum = values_sha256(write_tiny("values_hash_1", 1.5));
  EXPECT_EQ(sum, values_sha256(write_tiny("values_hash_2", 1.5)));
  EXPECT_NE(sum, values_sha256(write_tiny("values_hash_3", std::nextafter(1.5, 2.0))));
  EXPECT_NE(sum, values_sha256(write_tiny("values_hash_4", std::numeric_limits<double>::quiet_NaN())));
  EXPECT_EQ(sum.size(), 64u);
}

// The definition in values_hash.hpp, followed by hand for a file of one number and one text.
TEST(ValuesSha256, FollowsItsDefinition) {
  const auto folder = tiny::folder("values_definition");
  std::ofstream(folder / "a.cdl")
      << "netcdf a { dimensions: n = 2 ; variables: int b(n) ; char a(n) ; double c ;\n"
         "data: b = 1, -2 ; a = \"xy\" ; c = NaN ; }";
  const std::string make = "ncgen -4 -o " + (folder / "a.nc").string() + " " + (folder / "a.cdl").string();
  ASSERT_EQ(std::system(make.c_str()), 0);
  const auto bytes = [](std::uint64_t bits) { return std::string(reinterpret_cast<const char*>(&bits), 8); };
  EXPECT_EQ(values_sha256(folder / "a.nc"),
            sha256_hex("a text 2\nxyb number 2\n" + bytes(0x3ff0000000000000) + bytes(0xc000000000000000) +
                       "c number \n" + bytes(0x7ff8000000000000)));
}

TEST(HashResults, ListsWhatIsThereInAFixedOrder) {
  const auto folder = write_tiny("hash_results", 1.0).parent_path();
  std::ofstream(folder / "ledger.csv") << "x";
  std::ofstream(folder / "assessment.csv") << "y";
  std::ofstream(folder / "other.csv") << "z";
  const auto hashes = hash_results(folder);
  ASSERT_EQ(hashes.size(), 3u);
  EXPECT_EQ(hashes[0].path, "results.nc");
  EXPECT_EQ(hashes[1].path, "assessment.csv");
  EXPECT_EQ(hashes[2].path, "ledger.csv");
  EXPECT_EQ(hashes[2].sha256, sha256_hex("x"));
}

BatchOutcome tiny_outcome() {
  const Rows rows(2, 2);
  BatchOutcome batch;
  batch.lanes = 2;
  batch.steps = 432;
  batch.ledger = Ledger(rows);
  batch.water_ledger = Ledger(Rows(1, 1));
  const int source = batch.ledger.account("source:wwtp"), outlet = batch.ledger.account("outlet:D");
  const double in[] = {1, 2, 3, 4}, out[] = {0.5, 0.25, 1, 1};
  batch.ledger.book(source, in);
  batch.ledger.book(outlet, out, -1.0);
  const double water = 100;
  batch.water_ledger.book_constituent(batch.water_ledger.account("boundary:A"), 0, &water, 1.0);
  batch.stock_begin = {10, 20, 30, 40};
  batch.stock_end = {10.5, 21.75, 32, 43};
  batch.closure = {0, 1e-16, 2e-16, 3e-16};
  batch.water_begin = 1000;
  batch.water_end = 1100;
  batch.failures = {
      {1, 6, 1, seconds_of(*parse_time("2025-09-02T01:10")), {"loss", "decay", 1.0 / 0.0, "k = inf 1/d"}}};
  return batch;
}

TEST(Balance, TakesItsOwnLane) {
  const Balance balance = lane_balance(tiny::basin(), tiny_outcome(), 1);
  EXPECT_EQ(balance.quantities, (std::vector<std::string>{"DO", "NH3_N", "water"}));
  EXPECT_EQ(balance.accounts, (std::vector<std::string>{"source:wwtp", "outlet:D", "boundary:A"}));
  EXPECT_EQ(balance.stock_begin, (std::vector<double>{20, 40, 1000}));
  EXPECT_EQ(balance.stock_end, (std::vector<double>{21.75, 43, 1100}));
  EXPECT_EQ(balance.net, (std::vector<double>{2, 4, 0, -0.25, -1, 0, 0, 0, 100}));
}

TEST(RunJson, SaysHowTheRunWent) {
  RunSummary summary = summarise(tiny::basin(), tiny_outcome(), 0, {"baseline", "plan_a"}, kChinaOffset);
  summary.inputs = tiny::inputs();
  summary.results = {{"ledger.csv", sha256_hex("x")}};
  summary.threads = 2;
  summary.wall_seconds = 0.5;
  summary.warnings = {"W1316 \xff"};  // not UTF-8: must not end the run
  const auto path = tiny::folder("run_json") / "run.json";
  write_run_json(path, summary);
  const auto j = nlohmann::json::parse(std::ifstream(path));
  EXPECT_EQ(j["version"], "0.1.0");
  EXPECT_EQ(j["status"], "partly_failed");
  EXPECT_EQ(j["inputs"]["case.toml"], sha256_hex("a"));
  EXPECT_EQ(j["values_sha256"]["ledger.csv"], sha256_hex("x"));
  EXPECT_EQ(j["threads"], 2);
  EXPECT_EQ(j["lanes"], 2);
  EXPECT_EQ(j["steps"], 432);
  EXPECT_EQ(j["cell_constituent_steps_per_second"], 9.0 * 2 * 2 * 432 / 0.5);
  EXPECT_EQ(j["closure"], nlohmann::json({{"DO", 0.0}, {"NH3_N", 2e-16}, {"water", 0.0}}));
  EXPECT_EQ(j["failed"], nlohmann::json::array({{{"scenario", "plan_a"},
                                                 {"place", "r3@1.5"},
                                                 {"constituent", "NH3_N"},
                                                 {"date", "2025-09-02T01:10:00+08:00"},
                                                 {"cause", "the amount is not a finite number"},
                                                 {"process", "loss"},
                                                 {"row", "decay"},
                                                 {"values", "loss.decay = inf (k = inf 1/d)"}}}));
}

}  // namespace
}  // namespace limpid
