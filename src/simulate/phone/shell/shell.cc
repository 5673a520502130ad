#include "simulate/phone/shell/shell.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "simulate/phone/shell/command_line.h"

namespace bk::simulate {
namespace {

constexpr int kNotFound = 127;
constexpr int kSubstitutionDepthMax = 4;

// Where a stream of a command goes.
enum class Sink : std::uint8_t { kOut, kErr, kNowhere };

class Shell {
 public:
  Shell(Android& phone, const Programs& programs, int depth)
      : phone_(phone), programs_(programs), depth_(depth) {}

  Said Run(std::string_view line) {
    const auto items = ParseCommandLine(line);
    if (!items) return Err(fmt::format("/system/bin/sh: {}\n", items.error().message), 1);
    for (const ListItem& item : *items) {
      if (item.joint == Joint::kAnd && last_exit_ != 0) continue;
      if (item.joint == Joint::kOr && last_exit_ == 0) continue;
      said_.more = nullptr;
      RunPipeline(item.pipeline);
      if (ended_ || said_.more) break;
    }
    said_.exit = last_exit_;
    return std::move(said_);
  }

 private:
  void RunPipeline(const Pipeline& pipeline) {
    std::string in;
    for (std::size_t i = 0; i < pipeline.commands.size(); ++i) {
      const bool last = i + 1 == pipeline.commands.size();
      std::string out;
      RunCommand(pipeline.commands[i], in, out, last);
      in = std::move(out);
    }
    said_.out += in;
    if (pipeline.inverted) last_exit_ = last_exit_ == 0 ? 1 : 0;
  }

  // `out` gets what goes down the pipe, or out of the shell from the last command.
  void RunCommand(const SimpleCommand& command, std::string_view in, std::string& out, bool last) {
    std::vector<std::string> words;
    for (const Word& word : command.words) Expand(word, words);
    Sink sinks[3] = {Sink::kOut, Sink::kOut, Sink::kErr};
    for (const Redirect& redirect : command.redirects) {
      if (redirect.to_stream != 0) {
        sinks[redirect.from] = sinks[redirect.to_stream];
        continue;
      }
      std::vector<std::string> file;
      Expand(redirect.file, file);
      if (file.size() == 1 && file[0] == "/dev/null") {
        if (redirect.from == 0)
          in = {};
        else
          sinks[redirect.from] = Sink::kNowhere;
        continue;
      }
      const std::string name = file.empty() ? "" : file[0];
      said_.err +=
          redirect.from == 0
              ? fmt::format("/system/bin/sh: can't open {}: No such file or directory\n", name)
              : fmt::format("/system/bin/sh: can't create {}: Permission denied\n", name);
      last_exit_ = 1;
      return;
    }
    Said said = Start(words, in);
    last_exit_ = said.exit;
    said_.took += said.took;
    const auto put = [&](Sink sink, const std::string& text) {
      if (sink == Sink::kOut) out += text;
      if (sink == Sink::kErr) said_.err += text;
    };
    put(sinks[1], said.out);
    put(sinks[2], said.err);
    if (last && said.more && sinks[1] == Sink::kOut) said_.more = std::move(said.more);
  }

  Said Start(std::vector<std::string>& words, std::string_view in) {
    while (!words.empty() && Assign(words.front())) words.erase(words.begin());
    if (words.empty()) return Instantly(0);
    if (words[0] == "exit") {
      ended_ = true;
      return Instantly(words.size() > 1 ? std::atoi(words[1].c_str()) & 255 : last_exit_);
    }
    if (words[0] == "exec" || words[0] == "command") words.erase(words.begin());
    if (words.empty()) return Instantly(0);
    for (const std::string_view folder : {"/system/bin/", "/system/xbin/"})
      if (words[0].starts_with(folder)) words[0].erase(0, folder.size());
    const Programs::Found found = programs_.Find(words, phone_.flavour);
    if (found.program == nullptr) {
      // mksh R57 says "inaccessible or"
      Said said = Err(fmt::format("/system/bin/sh: {}: {}not found\n", words[0],
                                  phone_.flavour.sdk >= kAndroid10 ? "inaccessible or " : ""),
                      kNotFound);
      said.took = std::chrono::milliseconds(1);
      return said;
    }
    return (*found.program)(
        {phone_, std::span<const std::string>(words).subspan(found.name_words), in, programs_});
  }
  static Said Instantly(int exit) { return {.exit = exit, .took = std::chrono::milliseconds(0)}; }
  // NAME=value before a command: kept for the rest of the line.
  bool Assign(const std::string& word) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) return false;
    for (std::size_t i = 0; i < equals; ++i)
      if (word[i] != '_' && std::isalnum(static_cast<unsigned char>(word[i])) == 0) return false;
    variables_[word.substr(0, equals)] = word.substr(equals + 1);
    return true;
  }

  void Expand(const Word& word, std::vector<std::string>& words) {
    std::string text;
    bool any = word.quoted;
    for (const WordPart& part : word.parts) {
      std::string value = ValueOf(part);
      if (part.kind == WordPart::Kind::kText || part.quoted) {
        text += value;
        any = any || !value.empty();
        continue;
      }
      // Cut at blanks: "a b" from an expansion is two words.
      std::string_view rest = value;
      constexpr std::string_view kBlanks = " \t\n";
      while (!rest.empty()) {
        const std::size_t start = rest.find_first_not_of(kBlanks);
        if (start != 0 && any) {
          words.push_back(std::exchange(text, {}));
          any = false;
        }
        if (start == std::string_view::npos) break;
        rest.remove_prefix(start);
        const std::size_t end = std::min(rest.find_first_of(kBlanks), rest.size());
        text += rest.substr(0, end);
        any = true;
        rest.remove_prefix(end);
      }
    }
    if (any) words.push_back(std::move(text));
  }

  std::string ValueOf(const WordPart& part) {
    switch (part.kind) {
      case WordPart::Kind::kText:
        return part.text;
      case WordPart::Kind::kLastExit:
        return std::to_string(last_exit_);
      case WordPart::Kind::kVariable: {
        const auto found = variables_.find(part.text);
        return found == variables_.end() ? std::string() : found->second;
      }
      case WordPart::Kind::kCommand:
        break;
    }
    if (depth_ >= kSubstitutionDepthMax) return {};
    Said inner = Shell(phone_, programs_, depth_ + 1).Run(part.text);
    said_.err += inner.err;
    said_.took += inner.took;
    last_exit_ = inner.exit;
    while (inner.out.ends_with('\n')) inner.out.pop_back();
    return std::move(inner.out);
  }

  Android& phone_;
  const Programs& programs_;
  int depth_;
  int last_exit_ = 0;
  bool ended_ = false;
  std::map<std::string, std::string> variables_;
  Said said_{.took = std::chrono::milliseconds(0)};
};

}  // namespace

Said RunLine(Android& phone, const Programs& programs, std::string_view line) {
  return Shell(phone, programs, 0).Run(line);
}

}  // namespace bk::simulate
