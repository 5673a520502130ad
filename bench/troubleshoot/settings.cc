#include "settings.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

namespace bk::bench {

using troubleshoot::Model;

namespace {

struct Number {
  std::string_view name;
  double Model::* value;
};
constexpr Number kNumbers[] = {
    {"temperature", &Model::temperature},         {"group_damping", &Model::group_damping},
    {"second_fault", &Model::second_fault},       {"mimics_in_verdict", &Model::mimics_in_verdict},
    {"mimics_in_plan", &Model::mimics_in_plan},   {"likeness", &Model::unknown_likeness},
    {"sure_cause", &Model::sure_cause},           {"name_cause", &Model::name_cause},
    {"mention_cause", &Model::mention_cause},     {"trouble_layer", &Model::trouble_layer},
    {"interview_saves", &Model::interview_saves}, {"interview_doubt", &Model::interview_doubt},
};
struct ByLoss {
  std::string_view name;
  std::array<double, 5> Model::* values;
};
constexpr ByLoss kByLoss[] = {
    {"least_chance", &Model::least_chance},
    {"waits_for_chance", &Model::waits_for_chance},
    {"outweighs_unknown", &Model::outweighs_unknown},
    {"loss_price", &Model::loss_price},
};

}  // namespace

bool Set(troubleshoot::Knowledge& knowledge, std::string_view setting) {
  const std::size_t equals = setting.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view name = setting.substr(0, equals);
  const std::string text(setting.substr(equals + 1));
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0') return false;
  if (name == "none_prior") {
    knowledge.none_prior = value;
    return true;
  }
  if (name == "trust.person") {
    knowledge.model.trust[static_cast<std::size_t>(evidence::SourceKind::kPerson)] = value;
    return true;
  }
  if (name == "temperature")
    knowledge.learning.temperatures = {value};  // also where cases are fitted
  const std::pair<std::string_view, troubleshoot::LossClass Model::*> dares[] = {
      {"dares.nothing_fits", &Model::dares_unfit},
      {"dares.cannot_tell", &Model::dares_untold},
      {"dares.layer", &Model::dares_layer}};
  for (const auto& [key, worst] : dares)
    if (key == name) {
      knowledge.model.*worst = static_cast<troubleshoot::LossClass>(std::clamp(
          static_cast<int>(value), 0, static_cast<int>(troubleshoot::LossClass::kBandData)));
      return true;
    }
  for (const Number& number : kNumbers)
    if (number.name == name) {
      knowledge.model.*number.value = value;
      return true;
    }
  const std::size_t dot = name.find('.');
  for (const ByLoss& table : kByLoss)
    for (const troubleshoot::LossClass loss : troubleshoot::kLossClasses)
      if (name.substr(0, dot) == table.name && dot != std::string_view::npos &&
          name.substr(dot + 1) == troubleshoot::LossClassName(loss)) {
        (knowledge.model.*table.values)[static_cast<std::size_t>(loss)] = value;
        return true;
      }
  return false;
}

}  // namespace bk::bench
