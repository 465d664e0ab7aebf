// The template case, shortened, under a grid of plans, flows and decays, in a folder whose name needs quotes.
#pragma once

#include <nlohmann/json.hpp>

#include "tests/cluster/shell.hpp"

namespace limpid::cluster {

class RiverSweep {
 public:
  // members: 2 plans x flows x decays.
  RiverSweep(int flows, int decays, const std::string& end) : members_(2 * flows * decays) {
    std::filesystem::copy(source_dir() + "/io/templates/small", root_,
                          std::filesystem::copy_options::recursive);
    patch("case.toml", "end = 2027-01-01", "end = " + end);
    patch("case.toml", "\"10 min\"", "\"1 h\"");
    patch("case.toml", "[assessment]",
          "[hydraulics]\nscheme = \"steady\"\n\n[output]\nsection_interval = \"1 d\"\nmap_interval = \"0 "
          "s\"\n\n"
          "[assessment]");
    patch("sections.csv", "2025-12-31", "2025-03-15");
    std::ofstream(root_ / "sweep.toml")
        << "[sweep]\nid = \"river\"\nname_en = \"River\"\ncase = \"case.toml\"\n"
           "plans = [\"baseline\", \"plans/upgrade.toml\"]\n\n[design]\nmethod = \"grid\"\n\n"
           "[[factor]]\nid = \"plan\"\nkind = \"plan\"\n\n"
           "[[factor]]\nid = \"flow\"\nkind = \"flow\"\nvalues = ["
        << values(0.8, flows)
        << "]\n\n[[factor]]\nid = \"decay\"\nkind = \"parameter\"\nprocess = \"decay_NH3_N\"\nparameter = "
           "\"k\"\n"
           "values = ["
        << values(0.5, decays) << "]\n";
  }

  int members() const { return members_; }
  std::string path(const std::string& name) const { return (root_ / name).string(); }
  // The words behind the program, quoted for a shell.
  std::string run(const std::string& store) const {
    return " sweep run '" + path("sweep.toml") + "' --store '" + path(store) + "' --lang en ";
  }
  nlohmann::json status(const std::string& store) const {
    const Outcome outcome = shell(program() + " sweep status --json '" + path(store) + "'");
    EXPECT_EQ(outcome.status, 0) << outcome.text;
    return nlohmann::json::parse(outcome.text);
  }
  // Members that are done; 0 if the store is not yet there.
  int done(const std::string& store) const {
    return std::filesystem::exists(path(store + "/store.json")) ? status(store)["done"].get<int>() : 0;
  }
  // The gathered file and its table, one behind the other.
  std::string gathered(const std::string& store) const {
    const Outcome outcome =
        shell(program() + " sweep gather --force '" + path(store) + "' -o '" + path(store + ".nc") + "'");
    EXPECT_EQ(outcome.status, 0) << outcome.text;
    return content_of(path(store + ".nc")) + content_of(path(store + ".csv"));
  }
  static std::string program() { return binary_dir() + "/limpid"; }

 private:
  static std::string values(double first, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += (i ? ", \"" : "\"") + std::to_string(first + 0.02 * i) + "\"";
    return text;
  }
  void patch(const std::string& file, const std::string& from, const std::string& to) const {
    std::string all = content_of(root_ / file);
    ASSERT_NE(all.find(from), std::string::npos) << from;
    std::ofstream(root_ / file, std::ios::binary) << all.replace(all.find(from), from.size(), to);
  }

  Folder folder_{"cluster"};
  std::filesystem::path root_ = folder_.path() / "a b 清河";
  int members_;
};

}  // namespace limpid::cluster
