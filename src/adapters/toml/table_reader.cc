#include "adapters/toml/table_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace bk::adapters::toml {
namespace {

constexpr std::size_t kTextBytesMax = 4000;  // a paragraph; more is a mistake in the file
constexpr std::size_t kListMax = 500;

bool IsBlank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

// Multi-line strings end with the line end before their closing quotes.
std::string Trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

}  // namespace

const ::toml::node* TableReader::Get(std::string_view key, Need need) {
  seen_.emplace_back(key);
  const ::toml::node* node = table_.get(key);
  if (node == nullptr && need == Need::kRequired) Note(key, "is missing");
  return node;
}

std::string TableReader::Text(std::string_view key, Need need) {
  const ::toml::node* node = Get(key, need);
  if (node == nullptr) return {};
  const auto* text = node->as_string();
  if (text == nullptr) {
    Note(key, "must be a text");
    return {};
  }
  std::string value = Trimmed(text->get());
  if (value.size() > kTextBytesMax) {
    Note(key, fmt::format("is longer than {} bytes", kTextBytesMax));
    return {};
  }
  if (need == Need::kRequired && IsBlank(value)) Note(key, "must not be empty");
  return value;
}

std::optional<double> TableReader::OptionalNumber(std::string_view key, double low, double high) {
  const ::toml::node* node = Get(key, Need::kOptional);
  if (node == nullptr) return std::nullopt;
  double value = std::nan("");
  if (const auto* floating = node->as_floating_point()) value = floating->get();
  if (const auto* whole = node->as_integer()) value = static_cast<double>(whole->get());
  if (!(value >= low && value <= high)) {
    Note(key, fmt::format("must be a number from {} to {}", low, high));
    return std::nullopt;
  }
  return value;
}

double TableReader::Number(std::string_view key, double low, double high, Need need,
                           double otherwise) {
  if (table_.get(key) == nullptr) {
    Get(key, need);
    return otherwise;
  }
  return OptionalNumber(key, low, high).value_or(otherwise);
}

int TableReader::Integer(std::string_view key, int low, int high, Need need, int otherwise) {
  const ::toml::node* node = Get(key, need);
  if (node == nullptr) return otherwise;
  const auto* whole = node->as_integer();
  if (whole == nullptr || whole->get() < low || whole->get() > high) {
    Note(key, fmt::format("must be a whole number from {} to {}", low, high));
    return otherwise;
  }
  return static_cast<int>(whole->get());
}

bool TableReader::Flag(std::string_view key, bool otherwise) {
  const ::toml::node* node = Get(key, Need::kOptional);
  if (node == nullptr) return otherwise;
  const auto* flag = node->as_boolean();
  if (flag == nullptr) {
    Note(key, "must be true or false");
    return otherwise;
  }
  return flag->get();
}

std::vector<std::string> TableReader::Texts(std::string_view key, Need need) {
  std::vector<std::string> texts;
  const ::toml::node* node = Get(key, need);
  if (node == nullptr) return texts;
  const auto* array = node->as_array();
  if (array == nullptr || array->size() > kListMax) {
    Note(key, "must be a list of texts");
    return texts;
  }
  for (const auto& element : *array) {
    const auto* text = element.as_string();
    if (text == nullptr || IsBlank(text->get()) || text->get().size() > kTextBytesMax) {
      Note(key, "must be a list of texts that are not empty");
      return texts;
    }
    texts.push_back(text->get());
  }
  if (texts.empty() && need == Need::kRequired) Note(key, "must not be empty");
  return texts;
}

std::vector<double> TableReader::Numbers(std::string_view key, double low, double high) {
  std::vector<double> numbers;
  const ::toml::node* node = Get(key, Need::kRequired);
  if (node == nullptr) return numbers;
  const auto* array = node->as_array();
  if (array != nullptr && array->size() <= kListMax)
    for (const auto& element : *array) {
      const auto number = element.value<double>();
      if (number && *number >= low && *number <= high) numbers.push_back(*number);
    }
  if (array == nullptr || numbers.empty() || numbers.size() != array->size()) {
    Note(key, fmt::format("must be a list of numbers from {} to {}", low, high));
    numbers.clear();
  }
  return numbers;
}

std::vector<std::vector<std::string>> TableReader::TextLists(std::string_view key) {
  std::vector<std::vector<std::string>> lists;
  const ::toml::node* node = Get(key, Need::kOptional);
  if (node == nullptr) return lists;
  const auto* array = node->as_array();
  const auto fail = [&] { Note(key, "must be a list whose entries are texts or lists of texts"); };
  if (array == nullptr || array->size() > kListMax) {
    fail();
    return lists;
  }
  for (const auto& element : *array) {
    std::vector<std::string> list;
    if (const auto* text = element.as_string()) list.push_back(text->get());
    if (const auto* inner = element.as_array())
      for (const auto& part : *inner)
        if (const auto* text = part.as_string()) list.push_back(text->get());
    const bool whole =
        element.is_string() || (element.is_array() && list.size() == element.as_array()->size());
    if (list.empty() || !whole || std::ranges::any_of(list, IsBlank)) {
      fail();
      return lists;
    }
    lists.push_back(std::move(list));
  }
  return lists;
}

void TableReader::Tables(std::string_view key, const std::function<void(TableReader&)>& read) {
  const ::toml::node* node = Get(key, Need::kOptional);
  if (node == nullptr) return;
  const auto* array = node->as_array();
  if (array == nullptr || array->size() > kListMax ||
      !std::ranges::all_of(*array, [](const auto& element) { return element.is_table(); })) {
    Note(key, fmt::format("must be given as [[{}]]", key));
    return;
  }
  for (std::size_t i = 0; i < array->size(); ++i) {
    TableReader reader(*array->get(i)->as_table(), file_,
                       fmt::format("{}{}[{}].", prefix_, key, i + 1), problems_);
    read(reader);
    reader.NoteUnknownKeys();
  }
}

void TableReader::Table(std::string_view key, Need need,
                        const std::function<void(TableReader&)>& read) {
  const ::toml::node* node = Get(key, need);
  if (node == nullptr) return;
  const auto* table = node->as_table();
  if (table == nullptr) {
    Note(key, "must be a table");
    return;
  }
  TableReader reader(*table, file_, fmt::format("{}{}.", prefix_, key), problems_);
  read(reader);
  reader.NoteUnknownKeys();
}

void TableReader::NoteUnknownKeys() {
  for (const std::string& key : Keys())
    if (std::ranges::find(seen_, key) == seen_.end()) Note(key, "is not a key that is known here");
}

std::vector<std::string> TableReader::Keys() const {
  std::vector<std::string> keys;
  for (const auto& [key, node] : table_) keys.emplace_back(key.str());
  return keys;
}

bool TableReader::IsTable(std::string_view key) const {
  const ::toml::node* node = table_.get(key);
  return node != nullptr && node->is_table();
}

bool TableReader::IsList(std::string_view key) const {
  const ::toml::node* node = table_.get(key);
  return node != nullptr && node->is_array();
}

unsigned TableReader::LineOf(std::string_view key) const {
  const ::toml::node* node = table_.get(key);
  const unsigned line = node != nullptr ? node->source().begin.line : 0;
  return line != 0 ? line : table_.source().begin.line;
}

void TableReader::Note(std::string_view key, std::string text) {
  problems_.push_back({file_, LineOf(key), prefix_ + std::string(key), std::move(text)});
}

troubleshoot::LossClass ReadLossClass(TableReader& reader, std::string_view key) {
  const std::string loss = reader.Text(key, Need::kRequired);
  for (const troubleshoot::LossClass one : troubleshoot::kLossClasses)
    if (troubleshoot::LossClassName(one) == loss) return one;
  reader.Note(key, "must be none, setting, pairing, app_data or band_data");
  return {};
}

}  // namespace bk::adapters::toml
