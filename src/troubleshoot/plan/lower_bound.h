// What no policy can undercut, in priced minutes times the mass.
#pragma once

#include "troubleshoot/plan/progress.h"

namespace bk::troubleshoot {

// For the hypotheses of `progress`. Proofs: lower_bound.cc.
double KnownFaultsBound(const Progress& progress);
double LowerBound(const Progress& progress);

}  // namespace bk::troubleshoot
