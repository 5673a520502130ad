#include "simulate/phone/shell/command_line.h"

#include <cctype>
#include <set>

namespace bk::simulate {
namespace {

bool IsName(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

class LineParser {
 public:
  explicit LineParser(std::string_view line) : rest_(line) {}

  Result<std::vector<ListItem>> Run() {
    std::vector<ListItem> items;
    Joint joint = Joint::kAlways;
    while (true) {
      SkipBlanks(joint != Joint::kAlways);
      if (rest_.empty()) break;
      ListItem item{joint, {}};
      if (const Status read = ReadPipeline(item.pipeline); !read)
        return std::unexpected(read.error());
      items.push_back(std::move(item));
      if (!TakeJoint(joint)) return Unexpected();
    }
    if (joint != Joint::kAlways) return Fail(ErrorCode::kInvalid, "syntax error: unexpected EOF");
    return items;
  }

 private:
  std::unexpected<Error> Unexpected() const {
    return Fail(ErrorCode::kInvalid, rest_.empty() ? "syntax error: unexpected EOF"
                                                   : "syntax error: unexpected '" +
                                                         std::string(rest_.substr(0, 1)) + "'");
  }
  void SkipBlanks(bool lines) {
    while (!rest_.empty()) {
      const char c = rest_.front();
      if (c == '#') {
        rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
      } else if (c == ' ' || c == '\t' || c == '\r' || (lines && c == '\n')) {
        rest_.remove_prefix(1);
      } else if (rest_.starts_with("\\\n")) {
        rest_.remove_prefix(2);
      } else {
        return;
      }
    }
  }
  bool Take(std::string_view sign) {
    if (!rest_.starts_with(sign)) return false;
    rest_.remove_prefix(sign.size());
    return true;
  }
  // What stands behind a pipeline; false when it is none of the signs.
  bool TakeJoint(Joint& joint) {
    SkipBlanks(false);
    joint = Joint::kAlways;
    if (Take("&&")) {
      joint = Joint::kAnd;
      return true;
    }
    if (Take("||")) {
      joint = Joint::kOr;
      return true;
    }
    return rest_.empty() || Take(";") || Take("\n");
  }

  Status ReadPipeline(Pipeline& pipeline) {
    SkipBlanks(false);
    if (rest_.starts_with("! ")) {
      pipeline.inverted = true;
      Take("!");
    }
    do {
      SimpleCommand command;
      if (Status read = ReadCommand(command); !read) return read;
      if (command.words.empty() && command.redirects.empty()) return Unexpected();
      pipeline.commands.push_back(std::move(command));
    } while (!rest_.starts_with("||") && Take("|"));
    return {};
  }

  Status ReadCommand(SimpleCommand& command) {
    while (true) {
      SkipBlanks(!command.words.empty() ? false : true);
      if (rest_.empty() || std::string_view(";|&\n()").contains(rest_.front())) return {};
      if (Redirect redirect; TakeRedirect(redirect)) {
        if (redirect.to_stream == 0) {
          SkipBlanks(false);
          if (Status read = ReadWord(redirect.file); !read) return read;
          if (redirect.file.parts.empty()) return Unexpected();
        }
        command.redirects.push_back(std::move(redirect));
        continue;
      }
      Word word;
      if (Status read = ReadWord(word); !read) return read;
      static const std::set<std::string> kReserved = {"if", "for",  "while", "until", "case",
                                                      "do", "then", "{",     "}"};
      if (command.words.empty() && !word.quoted && word.parts.size() == 1 &&
          word.parts[0].kind == WordPart::Kind::kText && kReserved.contains(word.parts[0].text))
        return Fail(ErrorCode::kInvalid, "syntax error: unexpected '" + word.parts[0].text + "'");
      command.words.push_back(std::move(word));
    }
  }

  bool TakeRedirect(Redirect& redirect) {
    std::string_view look = rest_;
    int from = -1;
    if (look.size() >= 2 && look[0] >= '0' && look[0] <= '2' &&
        (look[1] == '>' || look[1] == '<')) {
      from = look[0] - '0';
      look.remove_prefix(1);
    }
    if (look.starts_with(">&1") || look.starts_with(">&2")) {
      redirect = {from < 0 ? 1 : from, look[2] - '0', {}};
      rest_ = look.substr(3);
      return true;
    }
    if (look.starts_with(">") || look.starts_with("<")) {
      redirect = {from >= 0 ? from : (look[0] == '<' ? 0 : 1), 0, {}};
      rest_ = look.substr(look.starts_with(">>") ? 2 : 1);
      return true;
    }
    return false;
  }

  Status ReadWord(Word& word) {
    while (!rest_.empty() && !std::string_view(" \t\r\n;|&()<>").contains(rest_.front())) {
      const char c = rest_.front();
      if (c == '\'') {
        const std::size_t end = rest_.find('\'', 1);
        if (end == std::string_view::npos) return Fail(ErrorCode::kInvalid, "no closing quote");
        AddText(word, rest_.substr(1, end - 1), true);
        word.quoted = true;
        rest_.remove_prefix(end + 1);
      } else if (c == '"') {
        word.quoted = true;
        rest_.remove_prefix(1);
        if (Status read = ReadDoubleQuoted(word); !read) return read;
      } else if (c == '\\') {
        if (rest_.size() > 1) AddText(word, rest_.substr(1, 1), true);
        rest_.remove_prefix(std::min<std::size_t>(2, rest_.size()));
      } else if (c == '$') {
        if (Status read = ReadExpansion(word, false); !read) return read;
      } else {
        AddText(word, rest_.substr(0, 1), false);
        rest_.remove_prefix(1);
      }
    }
    return {};
  }

  Status ReadDoubleQuoted(Word& word) {
    AddText(word, {}, true);
    while (!rest_.empty()) {
      const char c = rest_.front();
      if (c == '"') {
        rest_.remove_prefix(1);
        return {};
      }
      if (c == '\\' && rest_.size() > 1) {
        const bool escapes = std::string_view("$`\"\\\n").contains(rest_[1]);
        AddText(word, rest_.substr(escapes ? 1 : 0, escapes ? 1 : 2), true);
        rest_.remove_prefix(2);
      } else if (c == '$') {
        if (Status read = ReadExpansion(word, true); !read) return read;
      } else {
        AddText(word, rest_.substr(0, 1), true);
        rest_.remove_prefix(1);
      }
    }
    return Fail(ErrorCode::kInvalid, "no closing quote");
  }

  Status ReadExpansion(Word& word, bool quoted) {
    using Kind = WordPart::Kind;
    rest_.remove_prefix(1);
    if (Take("?")) {
      word.parts.push_back({Kind::kLastExit, {}, quoted});
    } else if (Take("(")) {
      // Its own quotes hide brackets; one level of nesting is what people write.
      std::size_t depth = 1, i = 0;
      char quote = 0;
      for (; i < rest_.size(); ++i) {
        const char c = rest_[i];
        if (quote != 0) {
          if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"') {
          quote = c;
        } else if (c == '(') {
          ++depth;
        } else if (c == ')' && --depth == 0) {
          break;
        }
      }
      if (i == rest_.size()) return Fail(ErrorCode::kInvalid, "syntax error: unexpected EOF");
      word.parts.push_back({Kind::kCommand, std::string(rest_.substr(0, i)), quoted});
      rest_.remove_prefix(i + 1);
    } else {
      const bool braces = Take("{");
      std::size_t n = 0;
      while (n < rest_.size() && IsName(rest_[n])) ++n;
      if (n == 0) {
        AddText(word, braces ? "${" : "$", true);
        return {};
      }
      word.parts.push_back({Kind::kVariable, std::string(rest_.substr(0, n)), quoted});
      rest_.remove_prefix(n);
      if (braces && !Take("}")) return Fail(ErrorCode::kInvalid, "bad substitution");
    }
    return {};
  }

  static void AddText(Word& word, std::string_view text, bool quoted) {
    if (word.parts.empty() || word.parts.back().kind != WordPart::Kind::kText ||
        word.parts.back().quoted != quoted)
      word.parts.push_back({WordPart::Kind::kText, {}, quoted});
    word.parts.back().text += text;
  }

  std::string_view rest_;
};

}  // namespace

Result<std::vector<ListItem>> ParseCommandLine(std::string_view line) {
  if (line.size() > kCommandLineMax) return Fail(ErrorCode::kTooLarge, "line too long");
  return LineParser(line).Run();
}

}  // namespace bk::simulate
