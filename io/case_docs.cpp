#include "io/case_docs.hpp"

#include <string_view>

#include "io/case_keys.hpp"
#include "io/sweep_keys.hpp"
#include "io/text.hpp"

namespace limpid {

namespace {

constexpr const char* kIntroduction = R"(# The case format · 案例格式

Made from the declarations in `io/case_keys.cpp`, `io/sweep_keys.cpp` and `io/case_columns.cpp`; do not edit.
由 `io/case_keys.cpp`、`io/sweep_keys.cpp` 与 `io/case_columns.cpp` 中的声明生成，请勿手改。

A case is a folder with `case.toml` and the tables that it names; plans are files of their own. `limpid init DIR` writes
a small one that runs. `limpid check CASE PLAN...` lists every problem of all files at once.

案例是一个文件夹，含 `case.toml` 及其引用的表格；方案为单独的文件。`limpid init DIR` 写出一个可运行的小型案例，
`limpid check CASE PLAN...` 一次列出全部文件中的所有问题。

Rules that hold everywhere · 通用规则

* A number with a dimension carries its unit: `"500 m"`, `"0.2 1/d"`, `"4200 万元"` in TOML; in tables the head of the
  column says it (`flow [m3/s]`) or the cell does (`12000 m3/d`). 有量纲的数值必须带单位，表格中写在表头或单元格内。
* Where a series may stand, write a constant or `file.csv:column`. The file has a column `time` and one column a series
  with its unit in the head. 可用序列处，写常数或 `文件.csv:列名`。
* Times are ISO 8601; without an offset that of `[time] offset` applies. 时间采用 ISO 8601，未注明时差时取 `[time] offset`。
* Paths are relative to the case's folder and stay inside it unless `--allow-path`. 路径相对于案例文件夹，且不得越出。
* Files are UTF-8 or GBK, with or without BOM, any line ends; full-width digits are read as digits. Lines that begin with
  `#` before a table's head are comments. 文件可为 UTF-8 或 GBK，可带 BOM，全角数字可读；表头之前以 `#` 开头的行为注释。
* Constituents may be named by any known spelling in the heads of data tables (氨氮, NH3-N, w21003), but by id only as keys.
  数据表的表头可用组分的各种写法，键只能用标识。
* TOML wants names that are not plain ASCII in quotes: `[processes.decay.stretch."下段"]`. TOML 中含中文的键须加引号。
* Unknown keys and columns are errors; every table has a column `note` that is not read. 未知的键与列为错误；各表可有不参与计算的 `note` 列。
)";

std::string cell(std::string_view text) {
  return replace_all(text, "|", "\\|");
}

std::string code_list(const char* words) {
  std::string list;
  for (const std::string& word : split_words(words)) list += (list.empty() ? "`" : ", `") + word + "`";
  return list;
}

std::string form(const Key& key) {
  if (key.type == KeyType::choice) return code_list(key.choices);
  std::string text = key_type_text(key.type, false);
  const bool dimension = key.type == KeyType::quantity || key.type == KeyType::series;
  if (dimension && std::string_view(key.id) != "*") text += std::string(", as ") + key.unit.text;
  return text;
}

std::string row(const Key& key) {
  const std::string preset = key.required  ? "required"
                             : *key.preset ? "`" + std::string(key.preset) + "`"
                                           : "";
  return "| `" + std::string(key.id) + "` | " + cell(form(key)) + " | " + cell(preset) + " | " +
         cell(key.en) + " | " + cell(key.zh) + " |\n";
}

std::string section(const std::vector<Key>& keys, bool toml) {
  std::string text, table;
  for (const Key& key : keys) {
    if (table != key.table) {
      table = key.table;
      const std::string name = replace_all(table, "*", "ID");
      const std::string shown = !toml                                   ? name
                                : name == "measure" || name == "factor" ? "[[" + name + "]]"
                                                                        : "[" + name + "]";
      text += "\n### `" + shown + "`\n\n| " + (toml ? "key" : "column") +
              " | form | default | meaning | 含义 |\n|---|---|---|---|---|\n";
    }
    text += row(key);
  }
  return text;
}

}  // namespace

std::string case_markdown() {
  return kIntroduction + std::string("\n## case.toml\n") + section(case_keys(), true) +
         "\n`[climate]` holds these keys itself when the basin has one climate; with several, each is "
         "`[climate.ID]` and "
         "the reaches name theirs.\n流域只有一种气候时，`[climate]` 直接写这些键；多种时写 "
         "`[climate.ID]`，由河段表引用。\n" +
         "\n## Plans · 方案\n" + section(plan_keys(), true) +
         "\n## How sure · 不确定性\nThe file of `plan compare --how-sure FILE`; docs/assessment.md has the "
         "definitions.\n`plan compare --how-sure FILE` 所读文件；定义见 docs/assessment.md。\n" +
         section(how_sure_keys(), true) +
         "\n## Sweeps · 成组模拟\nThe file of `limpid sweep`; docs/sweeps.md says what the words mean.\n"
         "`limpid sweep` 所读文件；含义见 docs/sweeps.md。\n" +
         section(sweep_keys(), true) + "\n## Tables · 表格\n" + section(columns(), false);
}

}  // namespace limpid
