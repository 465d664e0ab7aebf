// limpid init, check, processes, measures, validate.
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>

#include "io/commands.hpp"
#include "io/console.hpp"
#include "io/loaded_case.hpp"
#include "io/templates.hpp"
#include "model/process_description.hpp"
#include "scenarios/measure_library.hpp"

namespace limpid {

namespace fs = std::filesystem;

int command_init(const CommonOptions& common, const fs::path& folder, const std::string& name) {
  Problems problems;
  if (!write_template(folder, name, problems)) {
    print_problems(problems, common.lang);
    return 2;
  }
  if (!common.quiet)
    std::cout << (common.lang == Lang::zh ? "已写出案例。下一步：limpid run "
                                          : "Wrote a case. Next: limpid run ")
              << folder.string() << " -o " << (folder.string() + "-out") << "\n";
  return 0;
}

int command_check(const CommonOptions& common, const fs::path& case_path,
                  const std::vector<fs::path>& plans) {
  const LoadedCase loaded = load_case(common, case_path, plans);
  if (!loaded.usable) return 2;
  if (!common.quiet) {
    const Basin& basin = loaded.c.basin;
    std::cout << (common.lang == Lang::zh ? "没有错误：" : "No errors: ") << basin.network.reaches.size()
              << (common.lang == Lang::zh ? " 个河段，" : " reaches, ") << basin.network.cell_count()
              << (common.lang == Lang::zh ? " 个单元，" : " cells, ") << basin.sources.size()
              << (common.lang == Lang::zh ? " 个源，" : " sources, ") << basin.sections.size()
              << (common.lang == Lang::zh ? " 个断面\n" : " sections\n");
  }
  return 0;
}

int command_processes(const CommonOptions& common) {
  std::cout << describe_processes(common.lang);
  return 0;
}

int command_measures(const CommonOptions& common) {
  std::cout << describe_measures(common.lang);
  return 0;
}

int command_validate(const CommonOptions& common, const std::vector<std::string>& arguments) {
  std::error_code error;
  const std::string program =
      (fs::read_symlink("/proc/self/exe", error).parent_path() / "limpid_validate").string();
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  if (common.json) words.emplace_back("--json");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  throw Failure(Code::E1032, {}, {program, std::strerror(errno)});
}

}  // namespace limpid
