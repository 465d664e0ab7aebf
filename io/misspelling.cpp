#include "io/misspelling.hpp"

#include <algorithm>

#include "io/written_value.hpp"

namespace limpid {

namespace {

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<std::string> names_of(const std::vector<const CLI::App*>& commands) {
  std::vector<std::string> names;
  for (const CLI::App* command : commands) names.push_back(command->get_name());
  return names;
}

// "limpid plan"
std::string shown(const CLI::App& app) {
  return app.get_parent() ? shown(*app.get_parent()) + " " + app.get_name() : "limpid";
}

std::vector<std::string> options_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* owner = &app; owner; owner = owner->get_parent())
    for (const CLI::Option* option : owner->get_options()) {
      for (const std::string& name : option->get_snames()) names.push_back("-" + name);
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());  // every command has --help
  return names;
}

// The option of the command, or of those above it, which options fall through to.
const CLI::Option* option_of(const CLI::App& app, const std::string& name) {
  for (const CLI::App* owner = &app; owner; owner = owner->get_parent())
    if (const CLI::Option* option = owner->get_option_no_throw(name)) return option;
  return nullptr;
}

// "--threads" of "--threads=4", "-o" of "-oOUT".
std::string option_name(const std::string& word) {
  return word.starts_with("--") ? word.substr(0, word.find('=')) : word.substr(0, 2);
}

bool is_option(const std::string& word) {
  return word.size() > 1 && word[0] == '-' && (word[1] < '0' || word[1] > '9');
}

}  // namespace

void find_misspelling(const CLI::App& app, const std::vector<std::string>& words, Problems& problems) {
  const CLI::App* command = &app;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const auto commands = commands_of(*command);
    if (is_option(word)) {
      const std::string name = option_name(word);
      const CLI::Option* option = option_of(*command, name);
      const std::vector<std::string> names = options_of(*command);
      if (!option)
        return problems.add(Code::E1034, {}, {shown(*command), name, nearest_of(name, names), listed(names)});
      if (option->get_items_expected_min() > 0 && word == name) ++i;  // its value
    } else if (!commands.empty()) {
      const auto next = std::find_if(commands.begin(), commands.end(),
                                     [&](const CLI::App* c) { return c->get_name() == word; });
      const std::vector<std::string> names = names_of(commands);
      if (next == commands.end())
        return problems.add(Code::E1033, {}, {shown(*command), word, nearest_of(word, names), listed(names)});
      if ((*next)->get_allow_extras()) return;
      command = *next;
    }
  }
  const std::vector<std::string> names = names_of(commands_of(*command));
  if (!names.empty()) problems.add(Code::E1035, {}, {shown(*command), listed(names)});
}

}  // namespace limpid
