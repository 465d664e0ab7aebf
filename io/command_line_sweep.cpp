#include "io/command_line_sweep.hpp"

#include "io/command_sweep_design.hpp"
#include "io/sweep_commands.hpp"

namespace limpid {

namespace {

CLI::App* add(CLI::App& sweep, const char* name, const char* what) {
  CLI::App* command = sweep.add_subcommand(name, what);
  command->fallthrough();
  return command;
}

void declare_run(CLI::App& sweep, SweepTyped& typed) {
  auto* run = add(sweep, "run", "run the members of a sweep into a store; what is there already stays");
  run->add_option("SWEEP", typed.sweep, "the sweep file")->required();
  run->add_option("--store", typed.store, "folder of the store")->required();
  run->add_flag("--resume", typed.resume, "go on with a store that is there; start one that is not");
  run->add_option("--shard", typed.shard, "i/n: only the i-th of n parts, beside which the others may run");
  run->add_option("--series", typed.series,
                  "SECTION:QUANTITY: keep this series of every member, such as S1:NH3_N")
      ->allow_extra_args(false);
  auto* slurm = run->add_option("--slurm", typed.slurm,
                                "submit it as an array of Slurm, with these options for sbatch (\"\": none)");
  run->add_option("--tasks", typed.tasks, "with --slurm: so many tasks, each a part of the members")
      ->check(CLI::PositiveNumber)
      ->needs(slurm);
}

}  // namespace

void declare_sweep(CLI::App& app, SweepTyped& typed) {
  auto* sweep = app.add_subcommand("sweep", "one basin under every member of a design");
  sweep->require_subcommand(1);
  sweep->fallthrough();
  auto* design =
      add(*sweep, "design", "draw the members of a sweep into a table, say how long they will take");
  design->add_option("SWEEP", typed.sweep, "the sweep file")->required();
  design->add_option("-o,--out", typed.out, "the table, such as design.csv")->required();
  declare_run(*sweep, typed);
  auto* status = add(*sweep, "status", "how far a sweep is: done, failed by cause, left, members an hour");
  auto* retry = add(*sweep, "retry", "run the members that failed again");
  auto* show = add(*sweep, "show", "run one member alone and compare it with the store, bit by bit");
  auto* gather = add(*sweep, "gather", "all members in one NetCDF file and one table");
  auto* analyse =
      add(*sweep, "analyse", "probabilities, quantiles and the share of each factor, of every number");
  for (CLI::App* command : {status, retry, show, gather, analyse})
    command->add_option("DIR", typed.store, "folder of the store")->required();
  show->add_option("ID", typed.id, "id of the member, as in design.csv")->required();
  gather->add_option("-o,--out", typed.out, "FILE.nc; FILE.csv and timings.csv are written beside it")
      ->required();
  analyse->add_option("-o,--out", typed.out, "FILE.nc; FILE.csv is written beside it")->required();
  analyse
      ->add_option("--exceeds", typed.exceeds,
                   "NAME=VALUE: how probable it is that a number lies above, such as p90/S1/NH3_N=1.5")
      ->allow_extra_args(false);
}

int dispatch_sweep(const CLI::App& command, const CommonOptions& common, const SweepTyped& typed) {
  const std::string name = command.get_subcommands().front()->get_name();
  if (name == "design") return command_sweep_design(common, typed.sweep, typed.out);
  if (name == "status") return command_sweep_status(common, typed.store);
  if (name == "retry") return command_sweep_retry(common, typed.store);
  if (name == "show") return command_sweep_show(common, typed.store, typed.id);
  if (name == "gather") return command_sweep_gather(common, typed.store, typed.out);
  if (name == "analyse") return command_sweep_analyse(common, typed.store, typed.out, typed.exceeds);
  return command_sweep_run(common, {typed.sweep, typed.store, typed.resume,
                                    typed.shard.empty() ? std::nullopt : std::optional(typed.shard),
                                    typed.series, typed.slurm, typed.tasks});
}

}  // namespace limpid
