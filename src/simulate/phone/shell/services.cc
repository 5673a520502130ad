// dumpsys, cmd and svc themselves: what they say of services that are not there, and their lists.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "simulate/phone/clock_text.h"
#include "simulate/phone/shell/shell.h"
#include "simulate/phone/shell/text_tools.h"

namespace bk::simulate {
namespace {

constexpr std::string_view kDumpRule =
    "-------------------------------------------------------------------------------\n";

Said DumpOne(const Call& call, const std::string& service, std::span<const std::string> arguments) {
  std::vector<std::string> words = {"dumpsys", service};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const Programs::Found found = call.programs.Find(words, call.phone.flavour);
  // dumpsys.cpp says so on its error stream and ends with 0 all the same.
  if (found.program == nullptr || found.name_words != 2)
    return Err(fmt::format("Can't find service: {}\n", service), 0);
  return (*found.program)(
      {call.phone, std::span<const std::string>(words).subspan(2), call.in, call.programs});
}

// `dumpsys` with options before the name, alone, or for a service that is not there.
Said Dumpsys(const Call& call) {
  std::size_t i = 0;
  for (; i < call.words.size() && call.words[i].starts_with('-'); ++i) {
    if (call.words[i] == "-l") {
      std::string out = "Currently running services:\n";
      for (const std::string& name : call.programs.Under("dumpsys", call.phone.flavour))
        out += fmt::format("  {}\n", name);
      return Out(std::move(out));
    }
    if (call.words[i] == "-t" || call.words[i] == "-T" || call.words[i] == "--priority") ++i;
  }
  if (i < call.words.size()) return DumpOne(call, call.words[i], call.words.subspan(i + 1));
  const std::vector<std::string> list = {"-l"};
  Said all = Dumpsys(Call{call.phone, list, {}, call.programs});
  for (const std::string& name : call.programs.Under("dumpsys", call.phone.flavour)) {
    Said one = DumpOne(call, name, {});
    all.out += fmt::format("{}DUMP OF SERVICE {}:\n{}", kDumpRule, name, one.out);
    all.out += fmt::format("--------- {:.3f}s was the duration of dumpsys {}, ending at: {}\n",
                           static_cast<double>(one.took.count()) / 1'000, name,
                           LocalTime(call.phone.clock));
    all.took += one.took;
  }
  return all;
}

Said Cmd(const Call& call) {
  if (call.word(0) == "-l") {
    std::string out = "Currently running services:\n";
    for (const std::string& name : call.programs.Under("cmd", call.phone.flavour))
      out += fmt::format("  {}\n", name);
    return Out(std::move(out));
  }
  if (call.words.empty())
    return Err("cmd: No service specified; use -l to list all services\n", 20);
  return Err(fmt::format("cmd: Can't find service: {}\n", call.word(0)), 20);
}

Said Svc(const Call& call) {
  std::string out = "Available commands:\n    help     Show information about the subcommands\n";
  for (const std::string& name : call.programs.Under("svc", call.phone.flavour))
    out += fmt::format("    {:8} Control the {}\n", name, name);
  return Err(std::move(out), call.words.empty() || call.word(0) == "help" ? 0 : 255);
}

}  // namespace

void AddShellPrograms(Programs& programs) {
  AddTextTools(programs);
  programs.Add("dumpsys", Dumpsys);
  programs.Add("cmd", Cmd);
  programs.Add("svc", Svc);
}

}  // namespace bk::simulate
