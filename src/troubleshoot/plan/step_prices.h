// What steps cost, in minutes on the clock and in priced minutes, depending on where one is.
//
// A fix is an act and a test whether the band works (Fix::test_minutes of its minutes). Fixes done
// together share one test, the longest of theirs. Getting to a cluster is part of the minutes of
// each act and question there; who is inside the cluster already saves it, level by level. One
// place at a time: an act elsewhere leaves the cluster, a question that is answered from memory
// does not, and a test leaves every cluster that does not survive it.
//
// Price: waiting minutes x Model::waiting_price + hands-on minutes x Model::hands_on_price + the
// loss's Model::loss_price. Of a test, waiting counts first; getting to a cluster is hands-on. A
// question costs Model::question_saves beside its minutes: it must save that much to be asked.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "troubleshoot/knowledge/knowledge.h"

namespace bk::troubleshoot {

// What a choice costs in a situation.
struct StepCost {
  double minutes = 0;   // on the clock
  double hands_on = 0;  // of these
  double price = 0;     // what is minimised
};

using Spot = std::uint8_t;  // 0 = nowhere, else 1 + index into Model::clusters

class StepPrices {
 public:
  explicit StepPrices(const Knowledge& knowledge);

  // Price of the act, without the test, for who is at `place`.
  [[nodiscard]] double Act(std::size_t fix, Spot place) const { return act_[place * fixes_ + fix]; }
  [[nodiscard]] double Test(std::size_t fix) const { return test_[fix]; }
  // No sequence pays less for the fix: all set-ups saved, its test shared by as many as may.
  [[nodiscard]] double Least(std::size_t fix) const { return least_[fix]; }
  [[nodiscard]] double Question(std::size_t finding, Spot place) const {
    return question_[place * findings_ + finding];
  }

  [[nodiscard]] Spot AfterAct(std::size_t fix) const { return place_of_fix_[fix]; }
  [[nodiscard]] Spot AfterTest(Spot place) const { return after_test_[place]; }
  [[nodiscard]] Spot AfterQuestion(std::size_t finding, Spot place) const {
    return place_of_finding_[finding] != 0 ? place_of_finding_[finding] : place;
  }

  // `together`: done in this order and tested once.
  [[nodiscard]] StepCost OfFixes(std::span<const std::size_t> together, Spot place) const;
  [[nodiscard]] StepCost OfQuestion(std::size_t finding, Spot place) const;

 private:
  [[nodiscard]] double Saved(Spot target, Spot place) const;  // minutes of getting there
  [[nodiscard]] StepCost ActOf(const Fix& fix, Spot target, Spot place) const;
  [[nodiscard]] StepCost TestOf(const Fix& fix) const;

  const Knowledge* knowledge_;
  std::size_t fixes_, findings_;
  std::vector<Spot> inside_, after_test_;  // by place
  std::vector<Spot> place_of_fix_, place_of_finding_;
  std::vector<double> act_, question_;  // by place, then fix or finding
  std::vector<double> test_, least_;    // by fix
};

}  // namespace bk::troubleshoot
