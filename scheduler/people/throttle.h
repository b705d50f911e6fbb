#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "scheduler/domain/time.h"

namespace loa {

/// Lets a few go at once and then one each `each`: a bucket that leaks. Times are since boot.
class Leak {
public:
    Leak(int atOnce, Milliseconds each) : atOnce_{atOnce}, each_{each} {}
    /// How long until one more may go; 0: now.
    Milliseconds wait(Milliseconds now) const;
    void take(Milliseconds now);
    void giveBack(Milliseconds now);  ///< one that was taken and did no harm
    bool isEmpty(Milliseconds now) const { return free_ <= now; }

private:
    int atOnce_;
    Milliseconds each_;
    Milliseconds free_{};  ///< when all that was taken has leaked away
};

/// One try to sign in.
struct SignInTry {
    std::string name;
    std::string address;
    /// Whether this name has signed in from there before.
    bool isKnown = false;
    /// Whether it comes with a right code of the person's second factor.
    bool hasCode = false;
    /// The browser by which this name has signed in before, or the session of who is signed in already: nobody else's
    /// tries are counted with theirs. Empty for any other browser.
    std::string own{};
};

/// How long a sign-in waits before its password is looked at. Guessing is slow for each name, for each address and over
/// all; and nobody is locked out by somebody else's guessing:
///
/// - each browser by which a name has signed in before has a count of its own, whoever guesses and from wherever;
/// - a name that is guessed at from many addresses stays open, in a browser that is new, at those where it has signed
/// in
///   before, for they have a count of their own; so does an address that many people share;
/// - a right second-factor code opens whatever is closed: it is good for one try, and how often codes are looked at has
///   a count of its own.
///
/// Unknown names are treated as known ones. Counts are not kept over a restart. Not for several threads at once.
class Throttle {
public:
    /// Before the code that came with it is looked at. 0 and that is counted, or how long to wait, and it is not.
    Milliseconds takeCode(const SignInTry& attempt, Milliseconds now);
    /// Before the password is looked at. 0 and the try is counted, or how long to wait, and it is not.
    Milliseconds take(const SignInTry& attempt, Milliseconds now);
    /// It was the right password, and the right code where it came with one: it does not count.
    void succeeded(const SignInTry& attempt, Milliseconds now);

    std::size_t size() const { return names_.size() + addresses_.size() + known_.size() + codes_.size(); }

private:
    using Source = std::pair<std::string, std::string>;  ///< a name, and who tries it
    static Source sourceOf(const SignInTry& attempt);
    void forgetEmpty(Milliseconds now);

    std::map<std::string, Leak> names_;      ///< tries of strangers
    std::map<std::string, Leak> addresses_;  ///< by network
    std::map<Source, Leak> known_;
    std::map<Source, Leak> codes_;
    Leak all_{20, Milliseconds{200}};
};

/// What counts as one address: an IPv4 address, or the /64 an IPv6 address lies in, of which one household has all.
std::string countedAddress(const std::string& address);

}  // namespace loa
