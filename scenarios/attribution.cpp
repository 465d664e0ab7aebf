#include "scenarios/attribution.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "scenarios/shapley.hpp"

namespace limpid {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
// What is too small to be shared out: an improvement of the margin, and its ratio to what the measures bring
// with both signs (they cancel out, and rounding would show in the shares).
constexpr double kNoChange = 1e-9, kCancelled = 1e-6;

// What is judged: margins by section and asked indicator, in the order of the answers.
struct Judged {
  int section;
  std::string indicator;
};
using Margins = std::vector<double>;

std::vector<Judged> judged(const ScenarioResult& result) {
  std::vector<Judged> list;
  for (std::size_t s = 0; s < result.answers.size(); ++s)
    for (const DeadlineAnswer& answer : result.answers[s])
      if (answer.rule == JudgingRule::monthly) list.push_back({static_cast<int>(s), answer.indicator});
  return list;
}

Margins margins_of(const ScenarioResult& result) {
  Margins list;
  for (const auto& answers : result.answers)
    for (const DeadlineAnswer& answer : answers)
      if (answer.rule == JudgingRule::monthly) list.push_back(answer.margin.value_or(kUnknown));
  return list;
}

// A measure of a plan with all its actions. Equal texts, equal effects.
struct Player {
  std::string id, text;
  bool sets_parameters = false;  // of two that set one parameter the later holds: their order is kept
  std::vector<const Measure*> actions;
};

std::vector<Player> players_of(const Plan& plan) {
  std::vector<Player> players;
  for (const std::string& id : measure_ids(plan)) {
    Player player{id, {}, false, {}};
    std::vector<std::string> texts;
    for (const Measure& m : plan.measures) {
      if (m.id != id) continue;
      player.actions.push_back(&m);
      texts.push_back(effect_text(m));
      player.sets_parameters = player.sets_parameters || m.action == ActionKind::set_parameter;
    }
    std::sort(texts.begin(), texts.end());
    for (const std::string& text : texts) player.text += text + "|";
    players.push_back(std::move(player));
  }
  return players;
}

// The coalition as a plan, measures in the order of their texts: equal coalitions are equal to the bit,
// whoever their members are called.
struct CoalitionPlan {
  std::string text;
  Plan plan;
};

CoalitionPlan coalition_plan(const Plan& whole, const std::vector<Player>& players, Coalition coalition) {
  std::vector<const Player*> in;
  for (std::size_t p = 0; p < players.size(); ++p)
    if (coalition >> p & 1) in.push_back(&players[p]);
  std::stable_sort(in.begin(), in.end(), [](const Player* a, const Player* b) { return a->text < b->text; });
  CoalitionPlan made;
  made.plan.cap_policy = whole.cap_policy;
  for (const Player* player : in) {
    made.text += player->text + "\n";
    for (const Measure* m : player->actions) made.plan.measures.push_back(*m);
  }
  return made;
}

// One plan's game: its coalitions, each with its place among the plans that are run.
struct Game {
  std::vector<Player> players;
  std::vector<Order> orders;  // empty: exact
  double step = 0;
  std::map<Coalition, std::size_t> run;
};

// All plans to run at one step, each once.
struct Runs {
  std::vector<Scenario> scenarios;
  std::map<std::string, std::size_t> known;
  std::vector<Margins> margins;

  std::size_t add(CoalitionPlan made) {
    const auto [at, fresh] = known.try_emplace(made.text, scenarios.size());
    if (fresh) scenarios.push_back({std::move(made.plan), {}});
    return at->second;
  }
};

Game game_of(const Plan& plan, double own_step, const AttributionOptions& how, std::map<double, Runs>& runs) {
  Game game;
  game.players = players_of(plan);
  game.step = plan.screening_step > 0 ? plan.screening_step : own_step;
  const auto n = static_cast<int>(game.players.size());
  if (n > how.exact_up_to) game.orders = sampled_orders(n, how.orders, how.seed);
  std::vector<Coalition> coalitions = game.orders.empty() ? coalitions_of(n) : coalitions_of(game.orders);
  const Coalition all = (Coalition{1} << n) - 1;
  for (int p = 0; p < n; ++p) {  // first in and last in, whatever orders were drawn
    coalitions.push_back(Coalition{1} << p);
    coalitions.push_back(all & ~(Coalition{1} << p));
  }
  for (const Coalition c : coalitions)
    if (!game.run.contains(c)) game.run[c] = runs[game.step].add(coalition_plan(plan, game.players, c));
  return game;
}

bool run_all(const Basin& basin, const RunOptions& options, const AssessmentRules& rules, double step,
             Runs& runs, const ProgressReport& progress, Workers* workers) {
  RunOptions own = options;
  own.grid.step = step;
  own.section_interval = std::max(step, options.section_interval);
  own.map_interval = 0;
  own.final_state = false;
  runs.margins.resize(runs.scenarios.size());
  return run_each(
      basin, own, rules, runs.scenarios, lanes_at_a_time(basin, own),
      [&](std::size_t i, ScenarioResult result) { runs.margins[i] = margins_of(result); }, progress, workers);
}

// Players of one text get the mean of what they have: under sampled orders only their sum is the same.
void level(const std::vector<Player>& players, std::vector<ShapleyValue>& values) {
  std::map<std::string, std::vector<std::size_t>> alike;
  for (std::size_t p = 0; p < players.size(); ++p) alike[players[p].text].push_back(p);
  for (const auto& [text, group] : alike) {
    double sum = 0, errors = 0;
    for (const std::size_t p : group) sum += values[p].value, errors += values[p].standard_error;
    const auto n = static_cast<double>(group.size());
    for (const std::size_t p : group) values[p] = {sum / n, errors / n};
  }
}

void share_out(const Game& game, const Runs& runs, std::size_t which, const Judged& what,
               std::vector<Contribution>& out) {
  const auto value = [&](Coalition c) { return runs.margins[game.run.at(c)][which]; };
  for (const auto& [coalition, run] : game.run)
    if (std::isnan(runs.margins[run][which])) return;
  const auto n = static_cast<int>(game.players.size());
  const Coalition all = (Coalition{1} << n) - 1;
  const double improvement = value(all) - value(0);
  if (!(std::abs(improvement) > kNoChange)) return;
  std::vector<ShapleyValue> values =
      game.orders.empty() ? shapley_exact(n, value) : shapley_sampled(game.orders, value);
  if (!game.orders.empty()) level(game.players, values);
  double total = 0, both_signs = 0;  // the improvement again, to the rounding of the sums
  for (const ShapleyValue& v : values) total += v.value, both_signs += std::abs(v.value);
  if (std::abs(total) < kCancelled * both_signs) return;
  for (int p = 0; p < n; ++p) {
    const Coalition alone = Coalition{1} << p;
    const ShapleyValue& v = values[static_cast<std::size_t>(p)];
    out.push_back({what.section, what.indicator, game.players[static_cast<std::size_t>(p)].id, improvement,
                   v.value, v.value / total, v.standard_error / std::abs(total), value(alone) - value(0),
                   value(all) - value(all & ~alone)});
  }
}

double largest_difference(const Margins& a, const Margins& b) {
  double most = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!std::isnan(a[i] - b[i])) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

}  // namespace

std::vector<Attribution> attribute(const Basin& basin, const RunOptions& options,
                                   const AssessmentRules& rules, const std::vector<const Plan*>& plans,
                                   const std::vector<const ScenarioResult*>& results,
                                   const AttributionOptions& how, const ProgressReport& progress,
                                   Workers* workers) {
  std::map<double, Runs> runs;  // by step
  std::vector<Game> games;
  for (const Plan* plan : plans) games.push_back(game_of(*plan, options.grid.step, how, runs));
  std::size_t done = 0, all = 0;
  for (const auto& [step, list] : runs) all += list.scenarios.size();
  for (auto& [step, list] : runs) {
    const auto part = [&](double fraction, double time) {
      const double so_far = static_cast<double>(done) + fraction * static_cast<double>(list.scenarios.size());
      return !progress || progress(so_far / static_cast<double>(all), time);
    };
    if (!run_all(basin, options, rules, step, list, part, workers)) return {};
    done += list.scenarios.size();
  }
  const std::vector<Judged> what = judged(*results.front());
  std::vector<Attribution> attributions;
  for (std::size_t p = 0; p < plans.size(); ++p) {
    const Game& game = games[p];
    const Runs& own = runs.at(game.step);
    Attribution attribution{!game.orders.empty(),
                            static_cast<int>(game.orders.size()),
                            static_cast<int>(game.run.size()),
                            game.step,
                            std::nullopt,
                            {}};
    const Coalition whole = (Coalition{1} << game.players.size()) - 1;
    if (game.step != options.grid.step)
      attribution.step_difference =
          std::max(largest_difference(own.margins[game.run.at(0)], margins_of(*results.front())),
                   largest_difference(own.margins[game.run.at(whole)], margins_of(*results[p + 1])));
    for (std::size_t i = 0; i < what.size(); ++i) share_out(game, own, i, what[i], attribution.contributions);
    attributions.push_back(std::move(attribution));
  }
  return attributions;
}

}  // namespace limpid
