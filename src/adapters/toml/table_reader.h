// Reads one TOML table key by key and notes every mistake with its line: wrong type, out of range,
// missing, unknown key. Reading goes on after a mistake, so that all of them are found in one run.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/toml/load_knowledge.h"
#include "adapters/toml/toml_header.h"

namespace bk::adapters::toml {

enum class Need { kRequired, kOptional };

class TableReader;
// One of none, setting, pairing, app_data, band_data.
troubleshoot::LossClass ReadLossClass(TableReader& reader, std::string_view key);

inline constexpr double kMinutesMax = 7.0 * 24 * 60;  // no step and no price is longer

class TableReader {
 public:
  // `prefix`: "" or "effect[2]."; keeps references.
  TableReader(const ::toml::table& table, std::string file, std::string prefix,
              std::vector<LoadProblem>& problems)
      : table_(table), file_(std::move(file)), prefix_(std::move(prefix)), problems_(problems) {}

  std::string Text(std::string_view key, Need need);
  double Number(std::string_view key, double low, double high, Need need, double otherwise = 0);
  std::optional<double> OptionalNumber(std::string_view key, double low, double high);
  int Integer(std::string_view key, int low, int high, Need need, int otherwise = 0);
  bool Flag(std::string_view key, bool otherwise);
  std::vector<std::string> Texts(std::string_view key, Need need);
  // A list of at least one number.
  std::vector<double> Numbers(std::string_view key, double low, double high);
  // Each entry is a text or a list of texts.
  std::vector<std::vector<std::string>> TextLists(std::string_view key);
  // Calls `read` for each table of the array of tables.
  void Tables(std::string_view key, const std::function<void(TableReader&)>& read);
  // Calls `read` for the table; notes it when it is missing and needed. Unknown keys in it are
  // noted afterwards.
  void Table(std::string_view key, Need need, const std::function<void(TableReader&)>& read);
  // Keys that nobody asked for are mistakes: mostly typing errors.
  void NoteUnknownKeys();

  void Note(std::string_view key, std::string text);  // at the line of the key, else of the table
  [[nodiscard]] unsigned LineOf(std::string_view key) const;
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] std::vector<std::string> Keys() const;
  [[nodiscard]] bool IsTable(std::string_view key) const;
  [[nodiscard]] bool IsList(std::string_view key) const;

 private:
  const ::toml::node* Get(std::string_view key, Need need);

  const ::toml::table& table_;
  std::string file_, prefix_;
  std::vector<LoadProblem>& problems_;
  std::vector<std::string> seen_;
};

}  // namespace bk::adapters::toml
