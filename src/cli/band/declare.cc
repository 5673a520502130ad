#include "cli/band/declare.h"

#include <string>
#include <string_view>

namespace bk::cli {
namespace {

constexpr std::string_view kPairExamples =
    "Examples:\n"
    "  bandkeeper pair                       listens, asks for the key, tries it, keeps it\n"
    "  bandkeeper pair --key-file key.txt    the key from a file; - is standard input\n"
    "  bandkeeper sync                       brings what the band has recorded\n"
    "\n"
    "Switch Bluetooth off on the phone first: a band that a phone holds is silent.";

}  // namespace

void DeclareSimulatedBand(CLI::App& verb, Options& options) {
  CLI::Option* simulated = verb.add_flag(
      "--simulated", options.simulated,
      "on a band that does not exist, over a simulated radio: it needs no Bluetooth. It is kept "
      "with what was done to it; any of the next three makes a new one. Its time is its own: hours "
      "of it take no time");
  verb.add_option("--fault", options.simulate.faults,
                  "what is wrong with the simulated band, as often as wanted: dead, away, held, "
                  "weak, low_battery, half_updated, never_bound, wrong_key ...; an unknown one "
                  "lists them all")
      ->allow_extra_args(false)
      ->needs(simulated);
  verb.add_option("--firmware", options.on_band.firmware,
                  "what it runs: 1.0.5.66, 1.0.9.66 or 1.0.9.70")
      ->needs(simulated);
  verb.add_option("--seed", options.simulate.seed, "the same seed, the same band")
      ->needs(simulated);
}

DeclaredVerbs DeclareBandVerbs(CLI::App& app, Options& options) {
  DeclaredVerbs made;
  const auto declare = [&](Verb verb, const char* name, const char* what, bool radio = true) {
    CLI::App* one = app.add_subcommand(name, what);
    one->add_option("--band", options.band, "which band: its address; default: the only one known");
    DeclareSimulatedBand(*one, options);
    if (radio)
      one->add_option("--adapter", options.on_band.adapter,
                      "which Bluetooth adapter, as hci1; default: the first that can be used");
    made.emplace_back(verb, one);
    return one;
  };
  const auto json = [&](CLI::App& verb) {
    verb.add_flag("--json", options.json, "one JSON document on standard output, and nothing else");
  };
  CLI::App* pair =
      declare(Verb::kPair, "pair", "make a band known here, over this computer's Bluetooth");
  pair->add_option("--key-file", options.on_band.key_file,
                   "read the band's key from this file; - is standard input");
  pair->footer(std::string(kPairExamples));
  json(*pair);
  json(*declare(Verb::kInfo, "info", "battery, firmware and clock of the band"));
  CLI::App* sync =
      declare(Verb::kSync, "sync", "bring what the band has recorded, losing no minute");
  sync->add_flag("--keep", options.on_band.keep, "the band keeps its records for another app");
  json(*sync);
  json(*declare(Verb::kFind, "find", "let the band vibrate"));
  CLI::App* update =
      declare(Verb::kUpdate, "update", "send firmware, resources, fonts or a watch face");
  update->add_option("FILE", options.files, "any mix; they are sent in the right order")
      ->required();
  update->add_flag("--unknown-file", options.on_band.unknown_file,
                   "also files that are no official ones known here");
  json(*update);
  json(*declare(Verb::kRestart, "restart", "restart the band"));
  json(*declare(Verb::kReset, "reset", "erase the band: asks for a typed word"));
  CLI::App* out = declare(Verb::kExport, "export", "print the stored minutes", /*radio=*/false);
  out->add_option("--format", options.on_band.format,
                  "csv, json, or gadgetbridge (SQL for sqlite3)")
      ->check(CLI::IsMember({"csv", "json", "gadgetbridge"}))
      ->capture_default_str();
  out->add_option("--days", options.on_band.days, "only the last so many days; default: all")
      ->check(CLI::Range(1, 100'000));
  return made;
}

}  // namespace bk::cli
