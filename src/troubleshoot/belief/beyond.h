// A bound for what is left out: sets of more than three faults. Of this folder alone.
//
// Let x(c | a) be no less than W(S + c) / W(S) for every set S of at least three that holds a and
// not c (SetSums::Gain). Put all faults in any order. A set S of k > 3 faults has a first member
// a1 and a second one a2 in that order; let t be any of the other k - 2, and T = {a1, a2, t}. S
// grows from T by one member at a time, and each set on the way holds a1 and a2, so
//
//     W(S) <= W(T) * product over c in S without T of x(c),  x(c) = min(x(c | a1), x(c | a2)).
//
// The average over the k - 2 choices of t bounds W(S) as well. Summed over all S of k faults that
// begin with a1 and a2, each product of j = k - 3 different x(c), c behind a2, occurs for a triple
// T at most once, so that
//
//     sum of W(S) <= sum of W(T) over triples that begin with a1 and a2 * e_j(x) / (j + 1)
//
// with e_j the sum of all products of j different x(c). The bound is the sum over j, a1 and a2. It
// holds for every order; it is close when likely faults come first, as then no large x(c) is left.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "troubleshoot/belief/fault_sets.h"

namespace bk::troubleshoot {

// `weights`: of all sets of at most three, in their order. `likeliest`: all faults, in any order.
// `gains`: x(c | a) at a * faults + c. The result is in the units of the weights; it may be
// infinite.
double BoundBeyond(const SetOrder& order, std::span<const double> weights,
                   std::span<const std::size_t> likeliest, std::span<const double> gains);

}  // namespace bk::troubleshoot
