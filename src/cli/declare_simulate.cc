#include "cli/declare_simulate.h"

#include <string>
#include <vector>

namespace bk::cli {
namespace {

// What an invented phone is.
std::vector<CLI::Option*> DeclareInvented(CLI::App& verb, Options& options) {
  return {
      verb.add_option("--android", options.simulate.android, "which Android an invented phone runs")
          ->check(CLI::IsMember({8, 10, 12, 14, 15}))
          ->capture_default_str(),
      verb.add_option("--maker", options.simulate.maker, "who made the invented phone")
          ->check(CLI::IsMember({"stock", "samsung", "xiaomi"}))
          ->capture_default_str(),
      verb.add_option("--fault", options.simulate.faults,
                      "what is wrong with it: the id of a cause, as often as wanted")};
}

CLI::Option* DeclareQuirk(CLI::App& verb, Options& options) {
  return verb.add_option(
      "--quirk", options.simulate.quirks,
      "how it is peculiar, as often as wanted: miui_security_off, settings_come_back, "
      "bonds_lost_at_restart, command_missing:NAME, output_cut, adb_drops, slow");
}

// The same everywhere; -1 would be taken for a very large one.
CLI::Option* DeclareSeed(CLI::App& verb, Options& options, const std::string& what) {
  return verb.add_option("--seed", options.simulate.seed, what)
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
}

CLI::App* DeclarePhone(CLI::App& simulate, Options& options) {
  CLI::App& phone = *simulate.add_subcommand(
      "phone", "a simulated phone that adb on this computer can connect to; Ctrl-C ends it");
  auto* report = phone.add_option("--report", options.simulate.report,
                                  "play a real phone's bug report back as if it were on the cable");
  for (CLI::Option* kind : DeclareInvented(phone, options)) kind->excludes(report);
  DeclareQuirk(phone, options)->excludes(report);
  phone.add_option("--port", options.simulate.port,
                   "where to listen on 127.0.0.1; default: a free port");
  phone
      .add_option("--owner", options.simulate.owner,
                  "when a computer asks to be allowed: accepts, refuses, absent (nobody is asked), "
                  "or the seconds until it accepts")
      ->capture_default_str();
  phone.add_option("--trouble", options.simulate.troubles,
                   "what goes wrong on the cable, as often as wanted: no_answer, slow_answer, "
                   "cut_short, close_in_command, drop_in_command, sync_fail, drop_connection; then "
                   "any of ,bytes=N ,nth=N ,seconds=N ,of=COMMAND");
  phone.add_flag("--old-adb", options.simulate.old_adb, "its adb is as before Android 7");
  DeclareSeed(phone, options, "the same seed, the same phone");
  phone.add_flag("--json", options.json, "where it listens as one JSON document");
  return &phone;
}

CLI::App* DeclareBand(CLI::App& simulate, Options& options) {
  CLI::App& band = *simulate.add_subcommand(
      "band",
      "a simulated Mi Smart Band 4 on a Bluetooth adapter of this computer, for any program "
      "on another adapter or computer; Ctrl-C ends it");
  band.add_option("--adapter", options.on_band.adapter,
                  "on which adapter, as hci1; default: the first that is switched on");
  band.add_option("--key-file", options.on_band.key_file,
                  "its key, from this file; - is standard input; default: the seed's, printed");
  band.add_option("--firmware", options.simulate.firmware,
                  "a firmware whose ways are known; default: 1.0.9.70");
  band.add_option("--fault", options.simulate.faults,
                  "what is wrong with it, as often as wanted; `--fault list` names all");
  band.add_option("--minutes", options.simulate.minutes, "how many minutes it has recorded")
      ->check(CLI::Range(0, 100'000))
      ->capture_default_str();
  band.add_option("--truth", options.simulate.truth,
                  "write every minute that it recorded into this file at the end");
  DeclareSeed(band, options, "the same seed, the same band");
  return &band;
}

CLI::App* DeclareWorld(CLI::App& simulate, Options& options) {
  CLI::App& world = *simulate.add_subcommand(
      "world",
      "a phone, the air and a band for some hours, in an instant; writes their HCI log, logcat, "
      "bug report and what really happened");
  DeclareInvented(world, options);
  world.get_option("--fault")->description(
      "what is wrong, in the phone, on the air or with the band, as often as wanted; a cause "
      "that doctor knows comes after 20 minutes (a quarter of a shorter life), any other is there "
      "from the first; a name that nobody knows is answered by all of them");
  world.add_option("--hours", options.simulate.hours, "how long it lives")
      ->check(CLI::Range(0.1, 72.0))
      ->capture_default_str();
  DeclareSeed(world, options, "the same seed, the same files");
  world.add_option("--out", options.simulate.out, "the folder for the files")->required();
  world.footer(
      "Example:\n  bandkeeper simulate world --seed 7 --fault lossy --out w && bandkeeper read "
      "w/btsnoop_hci.log");
  return &world;
}

}  // namespace

void DeclareSimulated(CLI::App& verb, Options& options) {
  CLI::Option* simulated = verb.add_flag(
      "--simulated", options.simulated,
      "on a phone that does not exist and needs no adb, instead of yours. It is kept with what was "
      "done to it, so that `undo --simulated` follows `fix --simulated`; any of the next five "
      "makes a new one. Its time is its own: minutes on it take no time");
  simulated->excludes(verb.get_option("--serial"));
  std::vector<CLI::Option*> kinds = DeclareInvented(verb, options);
  kinds.push_back(DeclareQuirk(verb, options));
  kinds.push_back(DeclareSeed(verb, options, "the same seed, the same phone"));
  for (CLI::Option* kind : kinds) kind->needs(simulated);
}

DeclaredVerbs DeclareSimulateVerbs(CLI::App& app, Options& options) {
  CLI::App* simulate = app.add_subcommand("simulate", "devices that do not exist, to try with");
  simulate->require_subcommand(1);
  return {{Verb::kSimulatePhone, DeclarePhone(*simulate, options)},
          {Verb::kSimulateBand, DeclareBand(*simulate, options)},
          {Verb::kSimulateWorld, DeclareWorld(*simulate, options)}};
}

}  // namespace bk::cli
