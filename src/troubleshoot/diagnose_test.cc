// The whole way from findings to verdict and plan, over the real knowledge.
#include "troubleshoot/diagnose.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>

#include "troubleshoot/knowledge/embedded_knowledge.h"
#include "troubleshoot/plan/harm_last.h"

namespace bk::troubleshoot {
namespace {

const BeliefModel& TheModel() {
  static const BeliefModel model(EmbeddedKnowledge());
  return model;
}

std::vector<evidence::Finding> Said(const std::map<std::string, bool>& said) {
  std::vector<evidence::Finding> findings;
  for (const auto& [id, value] : said) {
    EXPECT_NE(TheModel().FindingIndex(id), BeliefModel::npos) << id;
    evidence::Finding finding;
    finding.id = id;
    finding.value = value;
    finding.source = evidence::SourceKind::kPerson;
    findings.push_back(finding);
  }
  return findings;
}

Diagnosis Of(const std::map<std::string, bool>& said, bool band_seen = false) {
  Context context;
  context.band_seen = band_seen;
  return Diagnose(TheModel(), Said(said), context);
}

std::string LikeliestLayer(const Diagnosis& diagnosis) {
  return std::ranges::max_element(diagnosis.layers, {}, &LayerVerdict::probability)->id;
}

// Harm comes last: no step of the plan stands before a less harmful one with a real chance.
void ExpectHarmLast(const Diagnosis& diagnosis, const std::vector<evidence::Finding>& findings,
                    const Context& context) {
  const Knowledge& knowledge = EmbeddedKnowledge();
  const Planner planner(TheModel());
  const auto observations = TheModel().Observe(findings);
  Situation now =
      planner.Start(observations, {}, context,
                    LimitsFor(TheModel(), observations, TheModel().Believe(observations),
                              {.of_band = true, .from_person = true}));
  for (const Step& step : diagnosis.plan.steps) {
    if (step.kind == Step::Kind::kAsk) {
      // It stands for the fix of what it asks for: who answers yes gets that fix next.
      for (std::size_t x = 0; x < knowledge.fixes.size(); ++x)
        if (std::ranges::find(knowledge.fixes[x].requires_true, step.id) !=
            knowledge.fixes[x].requires_true.end())
          now.fix_open[x] = 0;
      continue;
    }
    const std::size_t fix = TheModel().FixIndex(step.id);
    for (const std::size_t other : OwedBefore(planner, now, fix))
      ADD_FAILURE() << step.id << " before " << knowledge.fixes[other].id << " ("
                    << planner.CureChance(now, other) << ")";
    EXPECT_EQ(step.loss >= LossClass::kSetting, !step.loss_text.empty()) << step.id;
    planner.Fail(now, fix);
  }
}

TEST(Diagnose, NothingAboutABandIsNoVerdict) {
  EXPECT_EQ(Of({}).verdict.outcome, Outcome::kNoBand);
  EXPECT_TRUE(Of({}).plan.steps.empty());
  evidence::Finding phone;
  phone.id = "miui";
  phone.source = evidence::SourceKind::kPhone;
  EXPECT_EQ(Diagnose(TheModel(), {&phone, 1}, {}).verdict.outcome, Outcome::kNoBand);
}

TEST(Diagnose, BandWithoutEvidenceCannotBeTold) {
  const Diagnosis diagnosis = Of({}, true);
  EXPECT_EQ(diagnosis.verdict.outcome, Outcome::kCannotTell);
  EXPECT_FALSE(diagnosis.plan.steps.empty());
  EXPECT_FALSE(diagnosis.plan.instead.empty());
}

TEST(Diagnose, BluetoothOffIsNamed) {
  const Diagnosis diagnosis = Of({{"bluetooth_off", true}}, true);
  EXPECT_EQ(diagnosis.verdict.cause, "bluetooth_off") << diagnosis.verdict.text;
  EXPECT_TRUE(diagnosis.verdict.text.contains("Bluetooth is off")) << diagnosis.verdict.text;
  EXPECT_EQ(diagnosis.plan.steps.front().id, "turn_on_bluetooth");
}

TEST(Diagnose, GuideSymptomsLeadToTheGuidesLayer) {
  const std::vector<std::pair<std::map<std::string, bool>, std::string>> guide = {
      {{{"app_cannot_connect", true}, {"bonded_in_android", true}}, "link"},            // A
      {{{"connects_ok", true}, {"sync_fails", true}}, "app"},                           // B
      {{{"works_only_when_app_open", true}}, "app"},                                    // C
      {{{"listed_in_android_bluetooth_not_in_app", true}}, "binding"},                  // D
      {{{"binding_fails", true}, {"old_phone_not_unpaired", true}}, "binding"},         // E
      {{{"after_firmware_update", true}, {"firmware_update_fails", true}}, "firmware"}  // update
  };
  for (const auto& [said, layer] : guide) {
    const Diagnosis diagnosis = Of(said);
    EXPECT_EQ(LikeliestLayer(diagnosis), layer)
        << said.begin()->first << ": " << diagnosis.verdict.text;
  }
}

// The guide's checklist of five questions: each answer leads to the layer that it names.
TEST(Diagnose, GuideChecklistLeadsToTheGuidesLayer) {
  const std::vector<std::pair<std::map<std::string, bool>, std::string>> checklist = {
      {{{"connects_ok", false}}, "link"},
      {{{"works_only_when_app_open", true}}, "app"},
      {{{"sync_fails", true}, {"connects_ok", true}}, "app"},
      {{{"binding_fails", true}}, "binding"},
      {{{"after_firmware_update", true}}, "firmware"}};
  for (const auto& [said, layer] : checklist) {
    const Diagnosis diagnosis = Of(said);
    EXPECT_EQ(LikeliestLayer(diagnosis), layer)
        << said.begin()->first << ": " << diagnosis.verdict.text;
  }
}

TEST(Diagnose, WhatIsSeenToWorkIsHealthy) {
  const Diagnosis diagnosis =
      Of({{"connects_ok", true}, {"auth_succeeded", true}, {"sync_completed", true}});
  EXPECT_EQ(diagnosis.verdict.outcome, Outcome::kHealthy) << diagnosis.verdict.text;
  EXPECT_TRUE(diagnosis.plan.steps.empty());
}

// A recording in which a band merely connects proves neither trouble nor health.
TEST(Diagnose, WithoutASignOfTroubleNothingIsAdvised) {
  evidence::Finding connects;
  connects.id = "connects_ok";
  connects.value = true;
  connects.source = evidence::SourceKind::kCapture;
  const Diagnosis diagnosis = Diagnose(TheModel(), {&connects, 1}, {});
  EXPECT_EQ(diagnosis.verdict.outcome, Outcome::kNoTrouble) << diagnosis.verdict.text;
  EXPECT_TRUE(diagnosis.plan.steps.empty());
  // The same from somebody who looks for help is a complaint.
  connects.source = evidence::SourceKind::kPerson;
  EXPECT_NE(Diagnose(TheModel(), {&connects, 1}, {}).verdict.outcome, Outcome::kNoTrouble);
  evidence::Finding bad = connects;
  bad.source = connects.source = evidence::SourceKind::kCapture;
  bad.id = "sync_starts_then_stalls";
  const std::array both{connects, bad};
  EXPECT_NE(Diagnose(TheModel(), both, {}).verdict.outcome, Outcome::kNoTrouble);
}

// A link that stands has brought no minute of data yet: "the band works" needs a sync that was
// seen. What could be a fault all the same is named.
TEST(Diagnose, ALinkAloneIsNotCalledHealth) {
  std::vector<evidence::Finding> findings;
  const auto sees = [&](const char* id) {
    findings.push_back({.id = id, .value = true, .source = evidence::SourceKind::kPhone});
  };
  for (const char* id : {"connects_ok", "permissions_granted", "notification_access_granted",
                         "battery_optimisation_already_off", "auth_succeeded", "login_ok"})
    sees(id);
  const Diagnosis linked = Diagnose(TheModel(), findings, {});
  EXPECT_GE(linked.healthy, TheModel().knowledge().model.call_healthy);
  EXPECT_EQ(linked.verdict.outcome, Outcome::kNoTrouble) << linked.verdict.text;
  sees("location_off");
  const Diagnosis risky = Diagnose(TheModel(), findings, {});
  EXPECT_EQ(risky.verdict.outcome, Outcome::kNoTrouble) << risky.verdict.text;
  EXPECT_TRUE(risky.verdict.text.contains("location is switched off")) << risky.verdict.text;
  sees("sync_completed");
  const Diagnosis synced = Diagnose(TheModel(), findings, {});
  EXPECT_EQ(synced.verdict.outcome, Outcome::kHealthy) << synced.verdict.text;
  EXPECT_TRUE(synced.verdict.text.contains("location is switched off")) << synced.verdict.text;
}

// What no other cause makes leaves no doubt; a cause that the owner cannot cure says what to do.
TEST(Diagnose, DecisiveEvidenceIsSure) {
  const std::vector<std::pair<std::map<std::string, bool>, std::string>> decisive = {
      {{{"encryption_key_missing", true}, {"bonded_in_android", true}}, "stale_bond"},
      {{{"bluetooth_off", true}}, "bluetooth_off"},
      {{{"airplane_mode_on", true}}, "airplane_mode"}};
  for (const auto& [said, cause] : decisive) {
    const Diagnosis diagnosis = Of(said, true);
    EXPECT_EQ(diagnosis.verdict.cause, cause) << diagnosis.verdict.text;
    EXPECT_TRUE(diagnosis.verdict.sure) << diagnosis.verdict.text;
  }
  const Diagnosis broken = Of({{"phone_has_no_bluetooth", true}}, true);
  EXPECT_EQ(broken.verdict.cause, "phone_without_bluetooth") << broken.verdict.text;
  EXPECT_TRUE(broken.plan.instead_now);
  EXPECT_EQ(broken.plan.instead_for, "phone_without_bluetooth");
}

// Two faults at once are both named, and each is explained by what speaks for it.
TEST(Diagnose, TwoFaultsAreBothNamed) {
  const std::vector<std::pair<std::map<std::string, bool>, std::set<std::string>>> pairs = {
      {{{"location_permission_denied", true},
        {"band_not_in_scan", true},
        {"drops_when_screen_locked", true},
        {"app_restricted_in_background", true}},
       {"location_permission_missing", "background_killed"}},
      {{{"location_off", true},
        {"scan_security_exception", true},
        {"band_not_in_scan", true},
        {"encryption_key_missing", true},
        {"bonded_in_android", true}},
       {"location_services_off", "stale_bond"}}};
  for (const auto& [said, causes] : pairs) {
    const Diagnosis diagnosis = Of(said, true);
    std::set<std::string> named = {diagnosis.verdict.cause};
    for (const CauseChance& also : diagnosis.verdict.also) named.insert(also.id);
    EXPECT_EQ(named, causes) << diagnosis.verdict.text;
    EXPECT_NE(diagnosis.verdict.text.find("also: "), std::string::npos);
    ASSERT_EQ(diagnosis.explanation.also.size(), 1U);
    EXPECT_FALSE(diagnosis.explanation.also[0].moved_by.empty());
    EXPECT_EQ(diagnosis.fault_sets.front().causes.size(), 2U);
  }
}

// What is not known is made sure of, not asserted.
TEST(Diagnose, TitlesAssertOnlyWhatIsKnown) {
  const auto title = [](const Diagnosis& diagnosis, std::string_view id) {
    const auto step = std::ranges::find(diagnosis.plan.steps, id, &Step::id);
    return step == diagnosis.plan.steps.end() ? std::string() : step->text;
  };
  EXPECT_EQ(title(Of({{"bluetooth_off", true}}, true), "turn_on_bluetooth"), "Switch Bluetooth on");
  EXPECT_EQ(title(Of({{"airplane_mode_on", true}}, true), "turn_off_airplane_mode"),
            "Switch airplane mode off");
  EXPECT_TRUE(title(Of({{"bluetooth_off", true}}, true), "turn_off_airplane_mode")
                  .starts_with("Make sure"));
}

// A reset loses what unpairing without a sync loses, and the address and every app's record too.
TEST(Diagnose, AFactoryResetComesAfterWhatLosesLess) {
  const Diagnosis diagnosis = Of({{"old_phone_not_unpaired", true},
                                  {"binding_fails", true},
                                  {"paired_with_other_phone_or_os_before", true},
                                  {"new_phone", true},
                                  {"pairing_stalls", true},
                                  {"band_not_registered_in_app", true},
                                  {"pairing_rejected_by_band", true}});
  EXPECT_EQ(diagnosis.verdict.cause, "bound_to_other_account_or_phone") << diagnosis.verdict.text;
  const auto place = [&](const char* id) {
    return std::ranges::find(diagnosis.plan.steps, id, &Step::id) - diagnosis.plan.steps.begin();
  };
  EXPECT_LT(place("factory_reset_band"), static_cast<std::ptrdiff_t>(diagnosis.plan.steps.size()));
  for (const char* milder : {"free_without_sync", "unbind_on_server", "clean_repair"})
    EXPECT_LT(place(milder), place("factory_reset_band")) << milder;
}

// Who goes on after all that is worth it gets more steps, all that is harmless before what costs
// the pairing, and nothing that costs more while no cause is named.
TEST(Diagnose, ToTheEndOffersMoreAndHarmStillComesLast) {
  const auto findings = Said({{"app_cannot_connect", true}, {"bluetooth_off", false}});
  Context context;
  const Diagnosis ordinary = Diagnose(TheModel(), findings, context);
  ASSERT_EQ(ordinary.verdict.outcome, Outcome::kCannotTell);
  for (const Step& step : ordinary.plan.steps)
    if (step.kind == Step::Kind::kFix) context.failed_fixes.push_back(step.id);
  context.to_the_end = true;
  const Diagnosis rest = Diagnose(TheModel(), findings, context);
  ASSERT_FALSE(rest.plan.steps.empty());
  bool costs = false;
  for (const Step& step : rest.plan.steps) {
    EXPECT_EQ(step.kind, Step::Kind::kFix);
    EXPECT_EQ(std::ranges::count(context.failed_fixes, step.id), 0) << step.id;
    EXPECT_LE(step.loss, EmbeddedKnowledge().model.to_the_end.dares) << step.id;
    EXPECT_FALSE(costs && step.loss < LossClass::kPairing) << step.id;
    costs = costs || step.loss >= LossClass::kPairing;
  }
  EXPECT_TRUE(costs);
}

TEST(Diagnose, HarmComesLastAndNeverWhileNothingIsKnown) {
  std::mt19937 random(7);
  const Knowledge& knowledge = EmbeddedKnowledge();
  for (int round = 0; round < 40; ++round) {
    // What a cause makes likely, with one stray finding.
    std::map<std::string, bool> said;
    const Cause& cause = knowledge.causes[random() % knowledge.causes.size()];
    for (const Effect& effect : cause.effects)
      if (effect.chance > 0.6 && random() % 2 == 0) said[effect.finding] = true;
    said[knowledge.findings[random() % knowledge.findings.size()].id] = random() % 2 == 0;
    const Diagnosis diagnosis = Of(said, true);
    const Plan& plan = diagnosis.plan;
    ExpectHarmLast(diagnosis, Said(said), {});
    EXPECT_LE(plan.bound_minutes, plan.expected_minutes + 1e-9);
    if (diagnosis.verdict.outcome == Outcome::kCannotTell) {
      for (const Step& step : plan.steps) EXPECT_LE(step.loss, LossClass::kSetting) << step.id;
    }
    double sum = diagnosis.fault_sets_rest;
    for (const CauseSet& set : diagnosis.fault_sets) sum += set.probability;
    EXPECT_NEAR(sum, 1, 1e-9);
  }
}

}  // namespace
}  // namespace bk::troubleshoot
