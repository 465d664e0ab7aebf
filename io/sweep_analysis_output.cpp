#include "io/sweep_analysis_output.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "io/csv.hpp"
#include "io/csv_writer.hpp"
#include "io/netcdf_memory.hpp"
#include "io/netcdf_variables.hpp"
#include "io/written_value.hpp"

namespace limpid {

namespace {

using netCDF::NcDim;
using netCDF::NcGroup;
using netCDF::NcVar;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::vector<double> quantile_points() {
  return {std::begin(kAnalysisQuantiles), std::end(kAnalysisQuantiles)};
}

// 1 attained, anything else not: what is asked of `met` and `held`.
bool is_verdict(const std::string& name) {
  return name.starts_with("met/") || name.starts_with("held/");
}

}  // namespace

Exceeded parse_exceeded(const std::string& text, const std::vector<std::string>& names) {
  const std::size_t equals = text.rfind('=');
  Exceeded exceeded;
  exceeded.name = text.substr(0, equals);
  if (std::find(names.begin(), names.end(), exceeded.name) == names.end())
    throw Failure(Code::E1105, {"--exceeds", 0, 0},
                  {"--exceeds", exceeded.name, nearest_of(exceeded.name, names), listed(names)});
  Problems problems;
  const auto value = number_in(equals == std::string::npos ? "" : text.substr(equals + 1), exceeded.name,
                               {"--exceeds", 0, 0}, problems);
  if (!value) throw Failure(problems.sorted().front());
  exceeded.limit = *value;
  return exceeded;
}

SweepAnalysis analyse_sweep(const SweepStore& store, const SweepRun& run, std::vector<Exceeded> exceeded) {
  const StoreDescription& d = store.description();
  SweepAnalysis analysis;
  std::vector<Answer> answers;
  for (const std::string& name : d.metrics)
    answers.push_back({name, std::vector<double>(d.members, kNone), is_verdict(name)});
  std::vector<std::vector<std::vector<double>>> series(d.series.size());
  for (const std::size_t m : store.done()) {
    const MemberResult result = store.read(m);
    if (result.failed) continue;
    ++analysis.members;
    for (std::size_t i = 0; i < answers.size(); ++i) answers[i].values[m] = result.metrics[i];
    for (std::size_t s = 0; s < series.size(); ++s) {
      const auto begin = result.series.begin() + static_cast<std::ptrdiff_t>(s * d.record_times);
      series[s].emplace_back(begin, begin + static_cast<std::ptrdiff_t>(d.record_times));
    }
  }
  for (Exceeded& e : exceeded)
    e.probability = exceedance(std::ranges::find(answers, e.name, &Answer::name)->values, e.limit);
  analysis.exceeded = std::move(exceeded);
  analysis.answers = analyse(run.sweep().design, answers);
  for (const auto& one : series)
    for (std::vector<double>& band : quantile_series(one, quantile_points()))
      analysis.bands.push_back(std::move(band));
  return analysis;
}

namespace {

// What an index of a factor is called, and where it stands in an analysis.
struct FactorMeasure {
  const char *id, *meaning;
  std::optional<Estimated> (*of)(const AnswerAnalysis&, std::size_t factor);
};

Estimated plain(double value) {
  return {value, kNone, kNone};
}

constexpr std::array kFactorMeasures{
    FactorMeasure{"first_order", "first-order index of Sobol",
                  [](const AnswerAnalysis& a, std::size_t f) -> std::optional<Estimated> {
                    return a.indices ? std::optional(a.indices->first[f]) : std::nullopt;
                  }},
    FactorMeasure{"total", "total index of Sobol",
                  [](const AnswerAnalysis& a, std::size_t f) -> std::optional<Estimated> {
                    return a.indices ? std::optional(a.indices->total[f]) : std::nullopt;
                  }},
    FactorMeasure{"mu", "mean elementary effect of Morris",
                  [](const AnswerAnalysis& a, std::size_t f) -> std::optional<Estimated> {
                    return a.morris.empty() ? std::nullopt : std::optional(plain(a.morris[f].mu));
                  }},
    FactorMeasure{"mu_star", "mean absolute elementary effect of Morris",
                  [](const AnswerAnalysis& a, std::size_t f) -> std::optional<Estimated> {
                    return a.morris.empty() ? std::nullopt : std::optional(plain(a.morris[f].mu_star));
                  }},
    FactorMeasure{"sigma", "deviation of the elementary effects of Morris",
                  [](const AnswerAnalysis& a, std::size_t f) -> std::optional<Estimated> {
                    return a.morris.empty() ? std::nullopt : std::optional(plain(a.morris[f].sigma));
                  }}};

std::string percent_name(double p) {
  const int percent = static_cast<int>(std::lround(100 * p));
  return (percent < 10 ? "q0" : "q") + std::to_string(percent);
}

class AnalysisTable {
 public:
  AnalysisTable(const std::filesystem::path& path, const std::vector<Factor>& factors)
      : table_(path, "number,measure,factor,value,low,high,members"), factors_(factors) {}

  void put(const AnswerAnalysis& a) {
    row(a, "mean", "", plain(a.mean));
    row(a, "deviation", "", plain(a.deviation));
    for (std::size_t q = 0; q < a.quantiles.size(); ++q)
      row(a, percent_name(kAnalysisQuantiles[q]), "", plain(a.quantiles[q]));
    if (a.attained) row(a, "attained", "", interval(*a.attained));
    for (const FactorMeasure& measure : kFactorMeasures)
      for (std::size_t f = 0; f < factors_.size(); ++f)
        if (const auto value = measure.of(a, f)) row(a, measure.id, factors_[f].id, *value);
  }
  void put(const Exceeded& e) {
    std::string measure = "above ";
    append_number(measure, e.limit);
    AnswerAnalysis of;
    of.name = e.name;
    of.members = e.probability.members;
    row(of, measure, "", interval(e.probability));
  }
  void close() { table_.close(); }

 private:
  // One standard error to both sides.
  static Estimated interval(const Probability& p) {
    return {p.value, p.value - p.standard_error, p.value + p.standard_error};
  }
  void row(const AnswerAnalysis& a, const std::string& measure, const std::string& factor,
           const Estimated& e) {
    table_.text(a.name).text(measure).text(factor).number(e.value).number(e.low).number(e.high);
    table_.text(std::to_string(a.members));
    table_.end_row();
  }

  CsvWriter table_;
  const std::vector<Factor>& factors_;
};

// One number of every answer.
template <class Take>
std::vector<double> column(const SweepAnalysis& analysis, const Take& take) {
  std::vector<double> values;
  for (const AnswerAnalysis& a : analysis.answers) values.push_back(take(a));
  return values;
}

class AnalysisFile {
 public:
  AnalysisFile(const NcGroup& root, const SweepAnalysis& analysis, const SweepStore& store,
               const SweepRun& run)
      : root_(root), analysis_(analysis), store_(store), run_(run) {}

  void write() {
    root_.putAtt("Conventions", "CF-1.11");
    root_.putAtt("title", run_.sweep().name_en.empty() ? run_.sweep().id : run_.sweep().name_en);
    root_.putAtt("source", "limpid " + store_.description().version);
    root_.putAtt("design_sha256", store_.description().design_sha256);
    root_.putAtt("members", netCDF::ncInt, static_cast<int>(analysis_.members));
    if (analysis_.answers.empty()) return;  // a case without sections; a dimension of 0 would be unlimited
    number_ = root_.addDim("number", analysis_.answers.size());
    put_numbers();
    quantile_ = root_.addDim("quantile", std::size(kAnalysisQuantiles));
    add_column(root_, quantile_, {"quantile", "probability of the quantile", "1"}, quantile_points());
    put_quantiles();
    put_factors();
    if (!run_.series().empty()) put_bands();
    if (!analysis_.exceeded.empty()) put_exceeded();
  }

 private:
  void put_numbers() const {
    add_labels(root_, number_, {"number_name", "name of the number, as in the gathered table", ""},
               store_.description().metrics, {});
    const auto put = [&](const VariableText& text, const std::vector<double>& values) {
      add_column(root_, number_, text, values).putAtt("coordinates", "number_name");
    };
    put({"members_with_value", "members that have the number", "1"},
        column(analysis_, [](const auto& a) { return static_cast<double>(a.members); }));
    put({"mean", "mean over the members", ""}, column(analysis_, [](const auto& a) { return a.mean; }));
    put({"deviation", "standard deviation over the members", ""},
        column(analysis_, [](const auto& a) { return a.deviation; }));
    put({"attained", "probability that it is attained", "1"},
        column(analysis_, [](const auto& a) { return a.attained ? a.attained->value : kNone; }));
    put({"attained_standard_error", "standard error of that, of independent draws", "1"},
        column(analysis_, [](const auto& a) { return a.attained ? a.attained->standard_error : kNone; }));
  }

  // [number][of] of one variable.
  void put_matrix(const NcDim& of, const VariableText& text, const std::string& coordinates,
                  const std::vector<double>& values) const {
    NcVar variable = add_field(root_, {number_, of}, text, {number_.getSize(), of.getSize()});
    variable.putAtt("coordinates", coordinates);
    variable.putVar(values.data());
  }

  void put_quantiles() const {
    std::vector<double> values;
    for (const AnswerAnalysis& a : analysis_.answers)
      values.insert(values.end(), a.quantiles.begin(), a.quantiles.end());
    put_matrix(quantile_, {"quantiles", "quantiles over the members", ""}, "number_name", values);
  }

  void put_factors() const {
    const auto& factors = run_.sweep().design.factors;
    std::vector<std::string> ids;
    for (const Factor& factor : factors) ids.push_back(factor.id);
    const NcDim dim = root_.addDim("factor", factors.size());
    add_labels(root_, dim, {"factor_id", "id of the factor", ""}, ids, {});
    for (const FactorMeasure& measure : kFactorMeasures) {
      if (!measure.of(analysis_.answers.front(), 0)) continue;
      std::vector<double> value, low, high;
      for (const AnswerAnalysis& a : analysis_.answers)
        for (std::size_t f = 0; f < factors.size(); ++f) {
          const Estimated e = *measure.of(a, f);
          value.push_back(e.value);
          low.push_back(e.low);
          high.push_back(e.high);
        }
      const std::string id = measure.id, meaning = measure.meaning, at = "number_name factor_id";
      put_matrix(dim, {id, meaning, ""}, at, value);
      if (std::ranges::all_of(low, [](double v) { return std::isnan(v); })) continue;
      put_matrix(dim, {id + "_low", meaning + ", lower end of 95 % confidence", ""}, at, low);
      put_matrix(dim, {id + "_high", meaning + ", upper end of 95 % confidence", ""}, at, high);
    }
  }

  void put_bands() const {
    const NcDim time = root_.addDim("section_time", run_.record_times());
    add_time(root_, time, "time of the values at the sections", run_.times());
    const std::size_t points = quantile_.getSize();
    for (std::size_t s = 0; s < run_.series().size(); ++s) {
      const ChosenSeries& chosen = run_.series()[s];
      const std::string& id = run_.basin().sections[static_cast<std::size_t>(chosen.section)].id;
      NcVar variable = add_field(root_, {quantile_, time},
                                 {free_name(root_, chosen.quantity + "_at_" + id),
                                  chosen.quantity + " at section " + id + ", quantiles over the members",
                                  run_.quantity(chosen).unit},
                                 {points, run_.record_times()});
      for (std::size_t q = 0; q < points; ++q)
        variable.putVar({q, 0}, {1, run_.record_times()}, analysis_.bands[s * points + q].data());
    }
  }

  void put_exceeded() const {
    const NcDim dim = root_.addDim("exceeded", analysis_.exceeded.size());
    std::vector<std::string> names;
    std::vector<double> limit, probability, error;
    for (const Exceeded& e : analysis_.exceeded) {
      names.push_back(e.name);
      limit.push_back(e.limit);
      probability.push_back(e.probability.value);
      error.push_back(e.probability.standard_error);
    }
    add_labels(root_, dim, {"exceeded_name", "number that a limit was asked of", ""}, names, {});
    add_column(root_, dim, {"exceeded_limit", "the limit, in the number's unit", ""}, limit);
    add_column(root_, dim, {"exceedance", "probability that the number lies above", "1"}, probability);
    add_column(root_, dim, {"exceedance_standard_error", "standard error, of independent draws", "1"}, error);
  }

  const NcGroup& root_;
  const SweepAnalysis& analysis_;
  const SweepStore& store_;
  const SweepRun& run_;
  NcDim number_, quantile_;
};

}  // namespace

void write_analysis_table(const std::filesystem::path& path, const SweepAnalysis& analysis,
                          const SweepRun& run) {
  AnalysisTable table(path, run.sweep().design.factors);
  for (const AnswerAnalysis& a : analysis.answers) table.put(a);
  for (const Exceeded& e : analysis.exceeded) table.put(e);
  table.close();
}

void write_analysis_netcdf(const std::filesystem::path& path, const SweepAnalysis& analysis,
                           const SweepStore& store, const SweepRun& run) {
  NetcdfBuilder file(path);
  try {
    const NcGroup root = file.root();
    AnalysisFile(root, analysis, store, run).write();
  } catch (const netCDF::exceptions::NcException& e) {
    throw Failure(Code::E5010, {path.string(), 0, 0}, {path.string(), e.what()});
  }
  file.save();
}

}  // namespace limpid
