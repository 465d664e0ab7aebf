#include "io/errors_doc.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

#include "model/problem.hpp"

namespace limpid {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kBlocks{
    {{"10", "Command line and files 命令行与文件"},
     {"11", "Keys of case, plan and sweep files 案例、方案与批量文件的键"},
     {"12", "References 引用"},
     {"13", "Values, units and series 数值、单位与时间序列"},
     {"14", "Network 河网"},
     {"15", "Plans and measures 方案与措施"},
     {"16", "Assessment and standards 评价与标准"},
     {"17", "Initial state and checkpoints 初始状态与检查点"},
     {"18", "Sweeps 成组模拟"},
     {"30", "Hydraulics 水力计算"},
     {"40", "Numerical 数值计算"},
     {"50", "Output 输出"},
     {"60", "Balance 平衡"}}};

std::string_view block_of(std::string_view id) {
  return id.substr(1, 2);
}

// Arguments are shown as "…"; what Markdown would take for its own is escaped.
std::string cell(std::string_view text, std::string_view next) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool argument = text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}';
    if (argument)
      out += "…";
    else if (text[i] == '|')
      out += "\\|";
    else if (text[i] == '<')
      out += "&lt;";
    else
      out.push_back(text[i]);
    if (argument) i += 2;
  }
  return next.empty() ? out : out + "<br>→ " + cell(next, "");
}

std::string row(const CodeInfo& code) {
  const std::string exit = code.severity() == Severity::error ? std::to_string(code.exit_code) : "-";
  return fmt::format("| {} | {} | {} | {} |\n", code.id, exit, cell(code.en, code.en_next),
                     cell(code.zh, code.zh_next));
}

}  // namespace

std::string errors_markdown() {
  std::string text =
      "# Errors and warnings 错误与警告\n\n"
      "Made from `model/problems.def`; change that table, then run the tests with `LIMPID_REGENERATE=1`.\n\n"
      "Each problem says where it stands (file:line:column), what stood there and what to do next (→). "
      "Errors (E) stop a\n"
      "command with the exit status given here; warnings (W) are listed and stop it only with `--strict`.\n"
      "每条信息注明位置（文件:行:列）、原有内容及下一步（→）。错误（E）使命令以所列退出码结束；警告（W）仅在 "
      "`--strict` 时使命令结束。\n";
  for (const auto& [block, title] : kBlocks) {
    std::string rows;
    for (const CodeInfo& code : code_table())
      if (block_of(code.id) == block) rows += row(code);
    if (!rows.empty())
      text +=
          fmt::format("\n## {}xx {}\n\n| code | exit | English | 中文 |\n|-|-|-|-|\n{}", block, title, rows);
  }
  return text;
}

}  // namespace limpid
