#include "adapters/toml/write_numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>

#include "adapters/toml/table_reader.h"

namespace bk::adapters::toml {
namespace {

namespace ts = troubleshoot;

// The keys of a number that can be fitted.
struct Keys {
  std::string number, from, elicited;
};

// One replacement in a file, from the end to the start applied.
struct Edit {
  std::size_t begin = 0, end = 0;  // bytes
  std::string text;
};

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + "\"";
}

// TOML's floats need a point or an exponent.
std::string NumberText(double number) {
  std::string text = fmt::format("{:.10g}", number);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

class FileEditor {
 public:
  explicit FileEditor(const std::string& text) : text_(text) {
    lines_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i)
      if (text[i] == '\n') lines_.push_back(i + 1);
  }

  // Sets number and origin in `table`, and what was elicited. False where a key is missing.
  bool Set(const ::toml::table& table, const Keys& keys, const ts::Change& change) {
    const ::toml::node* number = table.get(keys.number);
    const ::toml::node* from = table.get(keys.from);
    if (number == nullptr || from == nullptr) return false;
    const std::string elicited_from = keys.elicited + "_from";
    const ::toml::node* elicited = table.get(keys.elicited);
    const ::toml::node* elicited_origin = table.get(elicited_from);
    Replace(*number, NumberText(change.after));
    Replace(*from, Quoted(change.from));
    if (change.back) {
      if (elicited != nullptr) RemoveLines(*elicited);
      if (elicited_origin != nullptr) RemoveLines(*elicited_origin);
    } else if (elicited == nullptr) {
      const std::size_t line = from->source().end.line;  // the line after it begins at this index
      const std::size_t at = line < lines_.size() ? lines_[line] : text_.size();
      edits_.push_back(
          {at, at,
           fmt::format("{}{} = {}\n{} = {}\n", at > 0 && text_[at - 1] != '\n' ? "\n" : "",
                       keys.elicited, NumberText(change.elicited), elicited_from,
                       Quoted(change.elicited_from))});
    }
    return true;
  }

  void SetNumber(const ::toml::node& node, double number) { Replace(node, NumberText(number)); }

  void Append(const std::string& text) { edits_.push_back({text_.size(), text_.size(), text}); }

  std::string Done() {
    std::ranges::stable_sort(edits_,
                             [](const Edit& a, const Edit& b) { return a.begin > b.begin; });
    std::string text = text_;
    for (const Edit& edit : edits_) text.replace(edit.begin, edit.end - edit.begin, edit.text);
    return text;
  }

 private:
  // Columns count characters, not bytes.
  [[nodiscard]] std::size_t OffsetOf(const ::toml::source_position& position) const {
    std::size_t at = lines_[std::min<std::size_t>(position.line, lines_.size()) - 1];
    for (std::size_t column = 1; column < position.column && at < text_.size(); ++column) {
      ++at;
      while (at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xc0U) == 0x80U) ++at;
    }
    return at;
  }
  void Replace(const ::toml::node& node, const std::string& with) {
    edits_.push_back({OffsetOf(node.source().begin), OffsetOf(node.source().end), with});
  }
  void RemoveLines(const ::toml::node& node) {
    const std::size_t begin = lines_[node.source().begin.line - 1];
    const std::size_t line = node.source().end.line;
    edits_.push_back({begin, line < lines_.size() ? lines_[line] : text_.size(), ""});
  }

  const std::string& text_;
  std::vector<std::size_t> lines_;  // offset of each line
  std::vector<Edit> edits_;
};

// Of an array of tables, the table whose `key` is `id`.
const ::toml::table* TableOf(const ::toml::table& file, std::string_view array,
                             std::string_view key, std::string_view id) {
  const auto* tables = file[array].as_array();
  if (tables == nullptr) return nullptr;
  for (const auto& element : *tables) {
    const auto* table = element.as_table();
    if (table != nullptr && (*table)[key].value_or(std::string_view()) == id) return table;
  }
  return nullptr;
}

bool IsOf(const KnowledgeFile& file, const ts::Change& change) {
  switch (change.kind) {
    case ts::NumberKind::kTemperature:
      return file.path == "model.toml";
    case ts::NumberKind::kLeak:
      return file.path.starts_with("findings/");
    default:
      return file.path == "causes/" + change.id + ".toml";
  }
}

// Whether the change has its place in this file; then it is noted in `editor`.
bool Apply(const ::toml::table& file, const ts::Change& change, FileEditor& editor) {
  switch (change.kind) {
    case ts::NumberKind::kPrior:
      return editor.Set(file, {"prior", "prior_from", "prior_elicited"}, change);
    case ts::NumberKind::kLeak: {
      const auto* table = TableOf(file, "finding", "id", change.id);
      return table != nullptr && editor.Set(*table, {"leak", "leak_from", "leak_elicited"}, change);
    }
    case ts::NumberKind::kEffect: {
      if (change.added) {
        editor.Append(
            fmt::format("\n[[effect]]\nfinding = {}\nchance = {}\nfrom = {}\nelicited = {}\n"
                        "elicited_from = {}\n",
                        Quoted(change.item), NumberText(change.after), Quoted(change.from),
                        NumberText(change.elicited), Quoted(change.elicited_from)));
        return true;
      }
      const auto* table = TableOf(file, "effect", "finding", change.item);
      return table != nullptr && editor.Set(*table, {"chance", "from", "elicited"}, change);
    }
    case ts::NumberKind::kTreatment: {
      const auto* table = TableOf(file, "fix", "id", change.item);
      return table != nullptr && editor.Set(*table, {"chance", "from", "elicited"}, change);
    }
    case ts::NumberKind::kTemperature: {
      const ::toml::node* node = file["belief"]["temperature"].node();
      if (node == nullptr) return false;
      editor.SetNumber(*node, change.after);
      return true;
    }
  }
  return false;
}

Status WriteFile(const std::filesystem::path& path, const std::string& text) {
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  std::filesystem::path beside = path;
  beside += ".new";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) return Fail(ErrorCode::kNotReadable, path.string() + " cannot be written.");
  std::filesystem::rename(beside, path, error);
  if (error)
    return Fail(ErrorCode::kNotReadable,
                fmt::format("{} cannot be written: {}.", path.string(), error.message()));
  return {};
}

}  // namespace

Result<std::vector<KnowledgeFile>> WithNumbers(std::vector<KnowledgeFile> files,
                                               std::span<const ts::Change> changes) {
  std::vector<char> placed(changes.size(), 0);
  for (KnowledgeFile& file : files) {
    std::vector<std::size_t> own;
    for (std::size_t i = 0; i < changes.size(); ++i)
      if (placed[i] == 0 && IsOf(file, changes[i])) own.push_back(i);
    if (own.empty()) continue;
    ::toml::table table;
    try {
      table = ::toml::parse(std::string_view(file.text), std::string_view(file.path));
    } catch (const ::toml::parse_error& error) {
      return Fail(ErrorCode::kInvalid,
                  fmt::format("{}: {}", file.path, std::string(error.description())));
    }
    FileEditor editor(file.text);
    for (const std::size_t i : own)
      if (Apply(table, changes[i], editor)) placed[i] = 1;
    file.text = editor.Done();
  }
  for (std::size_t i = 0; i < changes.size(); ++i)
    if (placed[i] == 0)
      return Fail(ErrorCode::kInvalid,
                  fmt::format("The {} {} {} has no place in these files.",
                              ts::NumberKindName(changes[i].kind), changes[i].id, changes[i].item));
  const Loaded loaded = ParseKnowledge(files);
  if (!loaded.problems.empty()) return Fail(ErrorCode::kInvalid, Format(loaded.problems.front()));
  return files;
}

Result<std::size_t> WriteNumbers(const std::filesystem::path& folder,
                                 const std::filesystem::path& into,
                                 std::span<const ts::Change> changes) {
  BK_TRY(std::vector<KnowledgeFile> before, ReadKnowledgeFiles(folder));
  BK_TRY(std::vector<KnowledgeFile> after, WithNumbers(before, changes));
  std::error_code error;
  const bool same_place = std::filesystem::equivalent(folder, into, error);
  std::size_t changed = 0;
  for (std::size_t i = 0; i < after.size(); ++i) {
    const bool differs = after[i].text != before[i].text;
    changed += differs ? 1U : 0U;
    if (!differs && same_place) continue;
    if (auto written = WriteFile(into / after[i].path, after[i].text); !written)
      return std::unexpected(written.error());
  }
  return changed;
}

}  // namespace bk::adapters::toml
