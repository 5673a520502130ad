#include "cli/band/declare.h"

#include <string>
#include <string_view>

namespace bk::cli {
namespace {

constexpr std::string_view kPairExamples =
    "Examples:\n"
    "  bandkeeper pair                       listens, asks for the key, tries it, keeps it\n"
    "  bandkeeper pair --key-file key.txt    the key from a file; - is standard input\n"
    "  (no key: an empty line; then it says what a new binding costs and offers it)\n"
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

void DeclareWatchBand(CLI::App& watch, Options& options) {
  watch.add_option("--adapter", options.on_band.adapter,
                   "without --phone: which Bluetooth adapter, as hci1");
  watch.add_option("--every", options.on_band.every, "without --phone: minutes between two syncs")
      ->check(CLI::Range(1, 24 * 60))
      ->capture_default_str();
  watch
      .add_option("--low", options.on_band.low,
                  "without --phone: warn at so many percent of the band's battery")
      ->check(CLI::Range(1, 90))
      ->capture_default_str();
  watch.add_flag("--keep", options.on_band.keep, "the band keeps its records for another app");
  watch
      .add_option("--firmware", options.on_band.firmware,
                  "without --phone, with --simulated: what the simulated band runs")
      ->needs("--simulated");
  auto* install = watch.add_flag(
      "--install-unit", options.on_band.install_unit,
      "write a systemd user unit that runs this, and say how to start it; starts nothing");
  watch.add_flag("--remove-unit", options.on_band.remove_unit, "take that unit away again")
      ->excludes(install);
  watch.footer(
      "Examples:\n"
      "  bandkeeper watch                    this computer as the band's companion, until Ctrl-C\n"
      "  bandkeeper watch --install-unit     and by itself after each login\n"
      "  bandkeeper watch --phone --hours 8  how a phone does as the band's companion\n");
}

DeclaredVerbs DeclareBandVerbs(CLI::App& app, Options& options) {
  DeclaredVerbs made;
  const auto declare = [&](Verb verb, const char* name, const char* what, bool radio = true) {
    CLI::App* one = app.add_subcommand(name, what);
    one->add_option("--band", options.band,
                    "which band: its address or name, or as a list of several calls it; default: "
                    "the only one known");
    one->add_flag("--show-addresses", options.show_addresses,
                  "Bluetooth addresses in full where several bands are listed");
    DeclareSimulatedBand(*one, options);
    one->add_option("--knowledge", options.knowledge_dir,
                    "use this folder instead of the built-in knowledge");
    one->add_option("--lang", options.lang,
                    "language; default: that of the environment (LANG), where there is one, else "
                    "en");
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
  CLI::App* info = declare(Verb::kInfo, "info",
                           "battery, firmware and clock of the band, and which minutes are stored");
  auto* live = info->add_flag("--live", options.on_band.live,
                              "heart rate and steps as the band measures them; Ctrl-C stops the "
                              "measurement, then the link");
  info->add_option("--seconds", options.on_band.seconds,
                   "with --live: stop after so long; default: with --simulated 60, else not")
      ->check(CLI::Range(1, 24 * 3600))
      ->needs(live);
  json(*info);
  CLI::App* sync =
      declare(Verb::kSync, "sync", "bring what the band has recorded, losing no minute");
  sync->add_flag("--keep", options.on_band.keep, "the band keeps its records for another app");
  json(*sync);
  json(*declare(Verb::kFind, "find", "let the band vibrate"));
  CLI::App* update =
      declare(Verb::kUpdate, "update", "send firmware, resources, fonts or a watch face");
  update->add_option("FILE", options.files, "any mix; they are sent in the right order")
      ->required();
  update
      ->add_option(
          "--sha256", options.on_band.sha256,
          "the SHA-256 that a file must have, as the place where it came from states it; as "
          "often as wanted. A file that nothing else proves to be whole needs it, or a word "
          "that is asked for")
      ->allow_extra_args(false);
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
