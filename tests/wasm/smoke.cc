// The core, compiled for wasm32-wasi and run under node: the same values as natively.
#include <cstdio>
#include <string>

#include "base/address.h"
#include "base/bytes.h"
#include "base/instant.h"
#include "evidence/evidence.h"
#include "troubleshoot/diagnose.h"
#include "troubleshoot/embedded_knowledge.h"

namespace {

int failures = 0;

void Expect(bool holds, const char* what) {
  if (holds) return;
  ++failures;
  std::printf("FAILED: %s\n", what);
}

}  // namespace

int main() {
  using namespace bk;
  Expect(FormatAddress(Address{0xC80F10010203}) == "C8:0F:10:01:02:03", "an address in print");
  Expect(evidence::LikenessFromName("Mi Smart Band 4") == 3, "a band by its name");
  Expect(FormatInstant(SnoopTime{MicrosFromCivil({2018, 4, 2, 17, 6, 30, 5})}) ==
             "2018-04-02 17:06:30.000005",
         "an instant in print");
  evidence::Finding said;
  said.id = "bluetooth_off";
  said.source = evidence::SourceKind::kPerson;
  const auto diagnosis = troubleshoot::Diagnose(troubleshoot::EmbeddedKnowledge(), {&said, 1}, {});
  Expect(diagnosis.causes.front().id == "bluetooth_off",
         "the embedded knowledge puts a cause first");
  Expect(!diagnosis.plan.steps.empty(), "and a plan");
  std::printf(failures == 0 ? "core smoke: all good\n" : "core smoke: failed\n");
  return failures == 0 ? 0 : 1;
}
