#include "model/process_description.hpp"

#include <array>
#include <charconv>

#include "model/dispersion_formula.hpp"
#include "model/process_set.hpp"

namespace limpid {
namespace {

const char* say(Lang lang, const char* en, const char* zh) {
  return lang == Lang::zh ? zh : en;
}

std::string number(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

std::string line(const std::vector<std::string>& cells) {
  std::string text;
  for (const std::string& cell : cells) text.append("| ").append(cell).append(" ");
  return text.append("|\n");
}

std::string rule(std::size_t cells) {
  std::string text;
  for (std::size_t i = 0; i < cells; ++i) text.append("| --- ");
  return text.append("|\n");
}

std::string exchange_text(const ProcessRow& row, Lang lang) {
  switch (row.exchange) {
    case Exchange::atmosphere:
      return say(lang, "atmosphere", "大气");
    case Exchange::bed:
      return say(lang, "bed", "河床");
    case Exchange::burial:
      return say(lang, "burial", "埋藏");
    case Exchange::ice:
      return say(lang, "ice", "冰");
    default:
      return say(lang, "within the water", "水体内");
  }
}

std::string status_text(Status status, Lang lang) {
  switch (status) {
    case Status::verified:
      return say(lang, "two sources", "两处文献一致");
    case Status::one_source:
      return say(lang, "one source", "一处文献");
    case Status::computed:
      return say(lang, "by definition", "定义");
    default:
      return say(lang, "to be verified", "待核实");
  }
}

std::string role_text(const Role& role, Lang lang) {
  if (!role.constituent) return std::string(role.id) + say(lang, " (named by the case)", "（由算例指定）");
  return std::string(role.id) + " = " + role.default_id() +
         (role.optional() ? say(lang, " (if there)", "（如有）") : "");
}

std::string coefficient_text(const ProcessInfo& info, const Term& term) {
  std::string text = term.coefficient > 0 ? "+" : "-";
  const double size = term.coefficient > 0 ? term.coefficient : -term.coefficient;
  if (term.yield < 0) return text + number(size);
  if (size != 1.0) text += number(size) + " ";
  return text + info.parameters[static_cast<std::size_t>(term.yield)].id;
}

std::string stoichiometry(const ProcessInfo& info, Lang lang) {
  std::vector<std::string> head{say(lang, "row", "过程")};
  for (const Role& role : info.roles) head.push_back(role_text(role, lang));
  head.push_back(say(lang, "exchange with", "交换对象"));
  std::string text = info.rows.empty() ? "" : line(head) + rule(head.size());
  for (std::size_t j = 0; j < info.rows.size(); ++j) {
    std::vector<std::string> cells(head.size());
    cells.front() = info.rows[j].id;
    for (const Term& term : info.terms)
      if (term.row == static_cast<int>(j))
        cells[static_cast<std::size_t>(term.role) + 1] = coefficient_text(info, term);
    cells.back() = exchange_text(info.rows[j], lang);
    text += line(cells);
  }
  return text;
}

// What the process reads of others and provides to them.
std::string values(const ProcessInfo& info, Lang lang) {
  std::string text;
  for (const Provided& p : info.provides)
    text += std::string(say(lang, "Provides ", "提供 ")) + "`" + p.id + "` [" + p.unit.text +
            "]: " + p.meaning + "\n\n";
  for (const Reading& r : info.readings)
    text += std::string(say(lang, "Reads ", "读取 ")) + "`" + r.id + "`" +
            (r.required() ? std::string(say(lang, ", which some process must provide", "，须由某一过程提供"))
                          : say(lang, "; where no process provides it: ", "；若无过程提供，则取 ") +
                                number(r.otherwise)) +
            "\n\n";
  if (info.rows.empty())
    for (const Role& role : info.roles)
      text += std::string(say(lang, "From ", "取决于 ")) + role_text(role, lang) + "\n\n";
  return text;
}

// The plausible range, and what is possible at all unless that is all from 0 on.
std::string range_text(const Parameter& p, Lang lang) {
  if (p.possible.whole) return std::string(say(lang, "only ", "仅 ")) + bounds_text(p.possible);
  const std::string plausible = number(p.low) + " .. " + number(p.high);
  return p.possible.usual() ? plausible
                            : plausible + say(lang, "; possible: ", "；允许：") + bounds_text(p.possible);
}

std::string parameters(const ProcessInfo& info, Lang lang) {
  if (info.parameters.empty()) return "";
  std::string text =
      line({say(lang, "parameter", "参数"), say(lang, "unit", "单位"), say(lang, "default", "缺省值"),
            say(lang, "range", "范围"), "theta", say(lang, "meaning", "含义"), say(lang, "source", "来源"),
            say(lang, "founded on", "依据")}) +
      rule(8);
  for (const Parameter& p : info.parameters)
    text += line({p.id, p.unit.text, p.required() ? say(lang, "required", "必填") : number(p.value),
                  range_text(p, lang), p.theta == 1.0 ? "-" : number(p.theta), p.meaning, p.source,
                  status_text(p.status, lang)});
  return text;
}

}  // namespace

std::string describe_process(const ProcessInfo& info, Lang lang) {
  std::string text = "## " + std::string(info.id) + "\n\n" + say(lang, info.name_en, info.name_zh) + " (" +
                     say(lang, info.name_zh, info.name_en) + ")\n\n";
  text += std::string(say(lang, "Rate: ", "速率：")) + "`" + info.equation + "`\n\n";
  text += std::string(say(lang, "After: ", "出处：")) + info.source + "\n\n";
  const std::string matrix = stoichiometry(info, lang), table = parameters(info, lang);
  return text + values(info, lang) + matrix + (matrix.empty() || table.empty() ? "" : "\n") + table;
}

std::string describe_dispersion_formulas(Lang lang) {
  std::string text =
      std::string(say(lang, "## Dispersion predicted from the flow", "## 由水流预测的纵向离散系数")) +
      "\n\n" +
      say(lang,
          "Column `dispersion_formula` of the reaches. U velocity, H mean depth, B width of the water "
          "surface, u* = sqrt(g) n U / H^(1/6); m2/s, evaluated in every cell and step.",
          "河段表的 `dispersion_formula` 列。U 流速，H 平均水深，B 水面宽，u* = sqrt(g) n U / "
          "H^(1/6)；单位 m2/s，逐单元逐步计算。") +
      "\n\n" +
      line({"id", say(lang, "formula", "公式"), say(lang, "fitted to", "适用范围"),
            say(lang, "source", "来源"), say(lang, "founded on", "依据")}) +
      rule(5);
  for (const DispersionFormula& f : dispersion_formulas())
    text += line({f.id, f.formula, f.validity, f.source, status_text(f.status, lang)});
  text +=
      std::string("\n") +
      say(lang,
          "`limpid check` warns (W1451) where a reach at its mean flow lies outside the range that a formula "
          "has in `AspectRange`: deng below B/H = 10. For the others no bounds were read.",
          "河段在平均流量下超出公式的宽深比范围时，`limpid check` 给出警告（W1451）：deng 要求 B/H 不小于 "
          "10。其余公式未查到适用界限。") +
      "\n\n" +
      say(lang,
          "A plan may change the dispersion of its own lane: `type = \"set_parameter\"`, `process = "
          "\"transport\"`, at a reach or a stretch, `parameter` one of",
          "方案可改变自身的离散系数：`type = \"set_parameter\"`，`process = "
          "\"transport\"`，作用于河段（reach）"
          "或河区（stretch），`parameter` 为") +
      "\n\n" +
      line({say(lang, "parameter", "参数"), say(lang, "unit", "单位"), say(lang, "range", "范围"),
            say(lang, "meaning", "含义"), say(lang, "source", "来源")}) +
      rule(5);
  for (const Parameter& p : dispersion_parameters())
    text += line({p.id, p.unit.text, number(p.low) + " .. " + number(p.high), p.meaning, p.source});
  return text;
}

namespace {

std::string when_text(const SetMember& member, Lang lang) {
  switch (member.when) {
    case When::there:
      return "";
    case When::windy:
      return say(lang, "[climate] gives the wind", "[climate] 给出风速");
    case When::asked:
      return say(lang, "the case names it", "案例写明该过程");
    case When::settles:
      return say(lang, "no sediment_flux or sediment_diagenesis acts",
                 "sediment_flux 与 sediment_diagenesis 均不参与");
    case When::stored:
      return say(lang, "the case names no sediment_flux", "案例未写明 sediment_flux");
  }
  return "";
}

// What it needs beside its first constituent.
std::string needs_text(const SetMember& member, Lang lang) {
  std::string constituents;
  for (const char* id : member.with) constituents += (constituents.empty() ? "" : ", ") + std::string(id);
  const std::string when = when_text(member, lang);
  if (constituents.empty()) return when.empty() ? "-" : when;
  return when.empty() ? constituents : constituents + "; " + when;
}

std::string describe_member(const SetMember& member, Lang lang) {
  const ProcessInfo& info = find_process(member.type)->info();
  std::string bound, values;
  for (const Role& role : info.roles)
    if (!role.optional()) bound += (bound.empty() ? "" : ", ") + set_constituent(member, role);
  for (const SetMember::Value& v : member.values)
    values += (values.empty() ? "" : "; ") + std::string(v.parameter) + " = " + number(v.value) + ", theta " +
              number(v.theta) + " (" + v.source + ")";
  return line({member.id, member.type, bound.empty() ? "-" : bound, needs_text(member, lang),
               values.empty() ? say(lang, "as the process has them", "同该过程缺省值") : values});
}

}  // namespace

std::string describe_process_sets(Lang lang) {
  std::string text =
      std::string(say(lang, "## Ready sets", "## 成套过程")) + "\n\n" +
      say(lang,
          "`[processes] set = \"river\"`. Of a set those processes run whose first constituent the case has "
          "and "
          "for which it has what stands under `if`; constituents there mean that the case has them. A "
          "process "
          "that the case names as `[processes.ID]` runs in any case, with `use = false` in none. The bed of "
          "`river` is settling alone; with the constituents `bed_*` it is `sediment_diagenesis`, with "
          "`[processes.sediment_flux]` that; both let their matter settle themselves, so `check` refuses "
          "(E1250) another settling of it or a given demand of oxygen beside them. Of weirs the case gives "
          "`length` and, by stretch, `drop`; of a given demand `sod`.",
          "`[processes] set = "
          "\"river\"`。成套过程中，首个组分为案例所有、且满足“条件”一列的过程参与计算；该列中的组分"
          "表示案例须有该组分。以 `[processes.ID]` 写明的过程总是参与，`use = false` 则不参与。`river` "
          "的底泥缺省只有沉降；案例有 `bed_*` 组分时采用 `sediment_diagenesis`，写明 "
          "`[processes.sediment_flux]` "
          "时采用后者；两者已包含其物质的沉降，因此 `check` 拒绝（E1250）再加沉降或给定底泥耗氧。堰坝须给出 "
          "`length` "
          "并按河区给出 `drop`；给定底泥耗氧须给出 `sod`。") +
      "\n";
  for (const ProcessSet& set : process_sets()) {
    text += "\n### " + std::string(set.id) + "\n\n" + say(lang, set.meaning_en, set.meaning_zh) + "\n\n" +
            line({"id", say(lang, "process", "过程"), say(lang, "constituents", "组分"),
                  say(lang, "if", "条件"), say(lang, "parameters", "参数")}) +
            rule(5);
    for (const SetMember& member : set.members) text += describe_member(member, lang);
  }
  return text;
}

std::string describe_processes(Lang lang) {
  std::string text;
  for (const Process* process : processes()) {
    if (!text.empty()) text.append("\n");
    text.append(describe_process(process->info(), lang));
  }
  return text + "\n" + describe_process_sets(lang) + "\n" + describe_dispersion_formulas(lang);
}

}  // namespace limpid
