#include "read_worlds.h"

#include <array>
#include <string>
#include <utility>

#include "adapters/toml/table_reader.h"
#include "evidence/evidence.h"

namespace bk::bench {

using adapters::toml::LoadProblem;
using adapters::toml::Need;
using adapters::toml::TableReader;
using troubleshoot::World;

Result<std::vector<WorldKind>> ReadWorlds(const std::filesystem::path& file) {
  constexpr std::array<std::pair<const char*, double World::*>, 14> kNumbers = {
      {{"effect_sigma", &World::effect_sigma},
       {"leak_sigma", &World::leak_sigma},
       {"prior_sigma", &World::prior_sigma},
       {"cure_sigma", &World::cure_sigma},
       {"error_times", &World::error_times},
       {"group_correlation", &World::group_correlation},
       {"severity_correlation", &World::severity_correlation},
       {"healthy_share", &World::healthy_share},
       {"more_faults", &World::more_faults},
       {"unknown_share", &World::unknown_share},
       {"mimic_share", &World::mimic_share},
       {"mimic_likeness", &World::mimic_likeness},
       {"dont_know", &World::dont_know},
       {"patience_minutes", &World::patience_minutes}}};
  ::toml::table table;
  try {
    table = ::toml::parse_file(file.string());
  } catch (const ::toml::parse_error& error) {
    return Fail(ErrorCode::kInvalid, file.string() + ": " + std::string(error.description()));
  }
  std::vector<LoadProblem> problems;
  std::vector<WorldKind> kinds;
  TableReader reader(table, file.string(), "", problems);
  reader.Tables("world", [&](TableReader& r) {
    WorldKind kind;
    kind.world.id = r.Text("id", Need::kRequired);
    kind.world.title = r.Text("title", Need::kRequired);
    kind.draws = r.Integer("draws", 1, 1000, Need::kRequired, 1);
    for (const auto& [key, number] : kNumbers)
      if (const auto value = r.OptionalNumber(key, 0, 100'000)) kind.world.*number = *value;
    r.Table("sources", Need::kRequired, [&](TableReader& sources) {
      for (std::size_t s = 0; s < kind.world.sources.size(); ++s)
        sources.Table(evidence::SourceName(static_cast<evidence::SourceKind>(s)), Need::kOptional,
                      [&](TableReader& source) {
                        kind.world.sources[s] = {source.Number("present", 0, 1, Need::kRequired),
                                                 source.Number("says_yes", 0, 1, Need::kRequired),
                                                 source.Number("says_no", 0, 1, Need::kRequired)};
                      });
    });
    kinds.push_back(std::move(kind));
  });
  reader.NoteUnknownKeys();
  if (!problems.empty()) return Fail(ErrorCode::kInvalid, adapters::toml::Format(problems[0]));
  return kinds;
}

}  // namespace bk::bench
