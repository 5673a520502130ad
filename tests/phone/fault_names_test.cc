// The simulated phone's faults bear the names of the causes in knowledge/causes, which it may not
// include: here both are held together, so that a cause that is added, renamed or taken away is
// added, renamed or taken away on both sides.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "simulate/phone/faults/inject.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk {
namespace {

TEST(FaultNames, AreTheCausesOfKnowledge) {
  std::set<std::string> causes;
  for (const troubleshoot::Cause& cause : troubleshoot::EmbeddedKnowledge().causes)
    causes.insert(cause.id);
  std::set<std::string> named;
  for (const std::string_view cause : simulate::InjectableCauses())
    EXPECT_TRUE(named.emplace(cause).second) << cause << " is named twice";
  for (const simulate::NotInjectable& elsewhere : simulate::CausesElsewhere()) {
    EXPECT_TRUE(named.emplace(elsewhere.cause).second)
        << elsewhere.cause << " can be injected, and is said to lie elsewhere";
    EXPECT_FALSE(elsewhere.why.empty()) << elsewhere.cause;
  }
  for (const std::string& cause : causes)
    EXPECT_TRUE(named.contains(cause))
        << cause << ": simulate/phone/faults neither injects it nor says where it lies";
  for (const std::string& cause : named)
    EXPECT_TRUE(causes.contains(cause)) << cause << " is no cause of knowledge/causes";
}

}  // namespace
}  // namespace bk
