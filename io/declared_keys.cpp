#include <sstream>
#include <stdexcept>

#include "io/case_keys.hpp"

namespace limpid {

const Key& declared(const std::vector<Key>& keys, std::string_view table, std::string_view id) {
  for (const Key& key : keys)
    if (table == key.table && id == key.id) return key;
  throw std::logic_error("undeclared key " + std::string(table) + " " + std::string(id));
}

std::vector<std::string> declared_ids(const std::vector<Key>& keys, std::string_view table) {
  std::vector<std::string> ids;
  for (const Key& key : keys)
    if (table == key.table && std::string_view(key.id) != "*") ids.emplace_back(key.id);
  return ids;
}

std::vector<std::string> split_words(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

const char* key_type_text(KeyType type, bool chinese) {
  switch (type) {
    case KeyType::text:
      return chinese ? "文本" : "text";
    case KeyType::texts:
      return chinese ? "文本列表" : "list of texts";
    case KeyType::integer:
      return chinese ? "整数" : "integer";
    case KeyType::number:
      return chinese ? "数值" : "number";
    case KeyType::fraction:
      return chinese ? "比例（0.4 或 \"40 %\"）" : "fraction (0.4 or \"40 %\")";
    case KeyType::boolean:
      return chinese ? "是否（true/false）" : "true or false";
    case KeyType::quantity:
      return chinese ? "带单位的数值" : "quantity";
    case KeyType::interval:
      return chinese ? "时间间隔" : "interval (\"10 min\", \"P1D\")";
    case KeyType::period:
      return chinese ? "时长（P30D、P1Y6M）" : "period (P30D, P1Y6M)";
    case KeyType::time:
      return chinese ? "日期或时间" : "date or time";
    case KeyType::season:
      return chinese ? "一年中的时段（\"10-01/04-30\"）" : "season (\"10-01/04-30\")";
    case KeyType::offset:
      return chinese ? "时差" : "offset from UTC";
    case KeyType::choice:
      return chinese ? "选项" : "choice";
    case KeyType::file:
      return chinese ? "文件路径" : "file";
    case KeyType::series:
      return chinese ? "数值或序列（\"文件.csv:列\"）" : "quantity or series (\"file.csv:column\")";
    case KeyType::years:
      return chinese ? "年份对应" : "map of years";
  }
  return "";
}

}  // namespace limpid
