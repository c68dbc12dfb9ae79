using System.Diagnostics;

namespace Fulfillment.Payments;

// The next step that brings the money to where it is wanted, and what its answer means.
public sealed partial record Payment
{
    const int MostAtOnce = 8;

    /// <summary>Owed and neither with us nor promised.</summary>
    long Outstanding => Goal is null ? 0
        : Goal.DueMinor - GoodwillMinor - (TakenMinor - ReturnedMinor) - PromisedMinor;

    /// <summary>The event, and the step that follows from it.</summary>
    PaymentEvent[] Conclude(PaymentEvent first, Turn turn)
    {
        var after = Evolve(this, first);
        List<PaymentEvent> events = [first];
        while (after.Next(turn) is { } next)
        {
            Ensure.That(events.Count < MostAtOnce);
            events.Add(next);
            after = Evolve(after, next);
        }

        return [.. events];
    }

    /// <summary>The next step; null while one is under way, when nothing is wanted, and after a refusal.</summary>
    PaymentEvent? Next(Turn turn)
    {
        if (Goal is null || Running is not null || Trouble is not null || Step >= MaxSteps) return null;
        if (Authorisations.FirstOrDefault(a => a.LeftMinor > 0 && a.ExpiresAt <= turn.Now) is { } old)
            return new PaymentEvent.AuthorisationExpired(old.Number);
        var net = TakenMinor - ReturnedMinor;
        if (net > WantedMinor) return GiveBack(net - WantedMinor);
        if (net < WantedMinor && Authorisations.FirstOrDefault(a => a.LeftMinor > 0) is { } promise)
            return TakeOf(promise, WantedMinor - net);
        if (Outstanding > 0)
        {
            return DeclinedAttempt == Goal.Attempt ? null
                : Authorisations.Count(a => a.Attempt == Goal.Attempt) < MaxPromises ? Promise(Outstanding)
                : new PaymentEvent.RenewalsEnded(Goal.Attempt);
        }

        return Goal.DueMinor - GoodwillMinor <= net
            && Authorisations.FirstOrDefault(a => a.LeftMinor > 0) is { } spare
            ? new PaymentEvent.VoidAsked(Step + 1, spare.Number) : null;
    }

    PaymentEvent.RefundAsked? GiveBack(long amount)
    {
        if (Captures.FirstOrDefault(c => c.LeftMinor > 0) is not { } from) return null;
        return new(Step + 1, Refunds.Length + 1, from.Number, new(Math.Min(amount, from.LeftMinor), Goal!.Currency));
    }

    PaymentEvent.CaptureAsked TakeOf(Authorisation promise, long wanted)
    {
        var amount = Math.Min(wanted, promise.LeftMinor);
        var later = Goal!.DueMinor - GoodwillMinor - (TakenMinor - ReturnedMinor) - amount;
        return new(Step + 1, Captures.Length + 1, promise.Number, new(amount, Goal.Currency),
            amount == promise.LeftMinor || later <= 0);
    }

    PaymentEvent.AuthorisationAsked Promise(long amount)
    {
        var last = Authorisations.LastOrDefault(a => a.Provider == Goal!.Provider && a.Method == Goal.Method);
        var renews = last is { Status: StepStatus.Done, IsClosed: true, TakenMinor: 0 } ? last.Reference : null;
        return new(Step + 1, Authorisations.Length + 1, Goal!.Provider, Goal.Method, new(amount, Goal.Currency),
            Goal.Prepaid, renews);
    }

    Payment Asked(ProviderStep about, int number, int step) =>
        this with { Step = step, Running = new(step, about, number, 0) };

    /// <summary>The step is over, when it was the one under way.</summary>
    Payment Ended(ProviderStep about, int number) =>
        Running is { } r && r.About == about && r.Number == number ? this with { Running = null } : this;

    static Send Call(string provider, ProviderCall call) => new(new(provider, ""), call);

    Send Call(int authorisation, Func<Authorisation, ProviderCall> call) =>
        Call(Authorisations[authorisation - 1].Provider, call(Authorisations[authorisation - 1]));

    Send Ask(int step, Turn turn)
    {
        var (about, number) = (Running!.About, Running.Number);
        var (authorisation, reference) = about switch
        {
            ProviderStep.Authorise or ProviderStep.Void => (number, Authorisations[number - 1].Reference),
            ProviderStep.Capture => (Captures[number - 1].Authorisation, Captures[number - 1].Reference),
            ProviderStep.Refund => (
                Captures[Refunds[number - 1].Capture - 1].Authorisation, Refunds[number - 1].Reference),
        };
        return Call(authorisation, _ => new ProviderCall.Inquire(turn.Self.Key, about, reference!) { Step = step });
    }

    static Decision<PaymentEvent> AskAgain(Payment payment, PaymentCommand.AskAgain c, Turn turn)
    {
        if (payment.Running is not { } step || step.Step != c.Step) return new(Done.It);
        if (step.Asked >= MaxInquiries)
        {
            return new(Done.It, payment.Conclude(new PaymentEvent.StepRefused(
                step.About, step.Number, ProviderStatus.Refused, "no-outcome", null), turn));
        }

        return new(Done.It, new PaymentEvent.OutcomeAsked(payment.Step + 1));
    }

    static Decision<PaymentEvent> Expire(Payment payment, PaymentCommand.Expire c, Turn turn)
    {
        // Where it lives twice for a moment, one of the two may not know of it yet: what it says is not believed then.
        if (c.Authorisation > payment.Authorisations.Length) return new(Done.It);
        var promise = payment.Authorisations[c.Authorisation - 1];
        if (promise.LeftMinor == 0 || payment.Running is not null) return new(Done.It);
        return new(Done.It, payment.Conclude(new PaymentEvent.AuthorisationExpired(c.Authorisation), turn));
    }

    /// <summary>What the answer to the step under way means.</summary>
    PaymentEvent Answered(ProviderAnswer answer, string? notice, Turn turn)
    {
        var (about, number) = (Running!.About, Running.Number);
        switch (answer.Status)
        {
            case ProviderStatus.Done:
                return DoneBy(about, number, answer, notice);
            case ProviderStatus.Pending when answer.Reference is not null || HasReference(about, number):
                var wait = TimeSpan.FromSeconds(30 * Math.Pow(2, Math.Min(Running.Asked, 12)));
                return new PaymentEvent.StepPending(
                    answer.Reference, answer.ActionUrl, turn.Now + (wait < AskAtMostEvery ? wait : AskAtMostEvery));
            case ProviderStatus.Pending:
                return new PaymentEvent.StepRefused(about, number, ProviderStatus.Refused, "no-reference", notice);
            case ProviderStatus.Declined or ProviderStatus.Expired or ProviderStatus.Refused:
                return new PaymentEvent.StepRefused(
                    about, number, answer.Status, answer.Code ?? $"{answer.Status}", notice);
            default:
                throw new UnreachableException();
        }
    }

    PaymentEvent DoneBy(ProviderStep about, int number, ProviderAnswer answer, string? notice) => about switch
    {
        ProviderStep.Authorise when Authorisations[number - 1] is { Take: true } a => new PaymentEvent.MoneyTaken(
            Captures.Length + 1, number, a.AmountMinor, answer.Capture ?? answer.Reference, notice),
        ProviderStep.Authorise => new PaymentEvent.Authorised(number, answer.Reference, answer.ExpiresAt, notice),
        ProviderStep.Capture => new PaymentEvent.MoneyTaken(
            number, Captures[number - 1].Authorisation, Captures[number - 1].AmountMinor, answer.Reference, notice),
        ProviderStep.Void => new PaymentEvent.Voided(number, notice),
        ProviderStep.Refund => new PaymentEvent.MoneyReturned(
            number, Refunds[number - 1].AmountMinor, answer.Reference, notice),
    };

    bool HasReference(ProviderStep about, int number) => about switch
    {
        ProviderStep.Authorise or ProviderStep.Void => Authorisations[number - 1].Reference is not null,
        ProviderStep.Capture => Captures[number - 1].Reference is not null,
        ProviderStep.Refund => Refunds[number - 1].Reference is not null,
    };

    static Decision<PaymentEvent> TakeNotice(Payment payment, ProviderNotice notice, Turn turn)
    {
        if (payment.Running is { } step && payment.IsAbout(notice, step))
        {
            // The buyer has done his part: the provider carries the step out when it is asked again.
            if (notice.Answer.Status == ProviderStatus.Pending)
            {
                return step.Asked >= MaxInquiries ? new(new NoticeReply(NoticeStatus.Known))
                    : new(new NoticeReply(NoticeStatus.Applied), new PaymentEvent.OutcomeAsked(payment.Step + 1));
            }

            return new(new NoticeReply(NoticeStatus.Applied), payment.Conclude(
                payment.Answered(notice.Answer with { Reference = notice.Reference }, notice.EventId, turn), turn));
        }

        if (payment.Late(notice) is { } late)
            return new(new NoticeReply(NoticeStatus.Applied), payment.Conclude(late, turn));
        var known = payment.Authorisations.Any(a => a.Reference == notice.Reference)
            || payment.Captures.Any(c => c.Reference == notice.Reference)
            || payment.Refunds.Any(r => r.Reference == notice.Reference);
        var maybeOurs = payment.Running is { About: ProviderStep.Refund }
            && notice is { About: ProviderStep.Refund, Amount: not null };
        return new(new NoticeReply(
            known ? NoticeStatus.Known : maybeOurs ? NoticeStatus.NotYet : NoticeStatus.Unmatched));
    }

    /// <summary>The notice is about the step under way, as far as its reference is known already.</summary>
    bool IsAbout(ProviderNotice notice, Running step)
    {
        if (notice.About != step.About) return false;
        var known = step.About switch
        {
            ProviderStep.Authorise or ProviderStep.Void => Authorisations[step.Number - 1].Reference,
            ProviderStep.Capture => Captures[step.Number - 1].Reference,
            ProviderStep.Refund => Refunds[step.Number - 1].Reference,
        };
        return known == notice.Reference;
    }

    /// <summary>What the provider did without us: a promise kept or given up after all, money given back.</summary>
    PaymentEvent? Late(ProviderNotice notice)
    {
        if (notice.Answer.Status != ProviderStatus.Done) return null;
        var promise = Authorisations.FirstOrDefault(a => a.Reference == notice.Reference);
        if (notice.About == ProviderStep.Authorise && promise is { Status: StepStatus.Refused })
            return DoneBy(ProviderStep.Authorise, promise.Number, notice.Answer with
            {
                Reference = notice.Reference,
            }, notice.EventId);
        if (notice.About == ProviderStep.Void && promise is { LeftMinor: > 0 } && Running is null)
            return new PaymentEvent.Voided(promise.Number, notice.EventId);
        if (notice.About != ProviderStep.Refund || notice.Amount is not { AmountMinor: > 0 } amount
            || amount.Currency != Goal?.Currency || Running is { About: ProviderStep.Refund }
            || Refunds.Any(r => r.Reference == notice.Reference)) return null;
        return Captures.FirstOrDefault(c => c.LeftMinor >= amount.AmountMinor) is { } from
            ? new PaymentEvent.ReturnSeen(from.Number, notice.Reference, amount.AmountMinor, notice.EventId) : null;
    }

    Payment Await(PaymentEvent.StepPending e) => Running!.About switch
    {
        ProviderStep.Authorise => Change(Running.Number, (Authorisation a) => a with
        {
            Status = StepStatus.Pending,
            Reference = e.Reference ?? a.Reference,
            ActionUrl = e.ActionUrl,
        }),
        ProviderStep.Capture => Change(Running.Number, (Capture c) => c with
        {
            Status = StepStatus.Pending,
            Reference = e.Reference ?? c.Reference,
        }),
        ProviderStep.Refund => Change(Running.Number, (Refund r) => r with
        {
            Status = StepStatus.Pending,
            Reference = e.Reference ?? r.Reference,
        }),
        ProviderStep.Void => this,
    };

    /// <summary>Money of a promise; one taken in the same step was never promised before.</summary>
    Payment Taken(PaymentEvent.MoneyTaken e)
    {
        var promised = Change(e.Authorisation, (Authorisation a) => a with
        {
            Status = StepStatus.Done,
            Reference = a.Reference ?? e.Reference,
            ActionUrl = null,
            TakenMinor = a.TakenMinor + e.AmountMinor,
            IsClosed = a.Take || (e.Number <= Captures.Length && Captures[e.Number - 1].Last),
        });
        if (e.Number <= Captures.Length)
        {
            return promised.Change(
                e.Number, (Capture c) => c with { Status = StepStatus.Done, Reference = e.Reference });
        }


        return promised.Ended(ProviderStep.Authorise, e.Authorisation) with
        {
            Captures = Captures.Add(new(
                e.Number, e.Authorisation, e.AmountMinor, true, StepStatus.Done, e.Reference)),
        };
    }

    Payment Returned(PaymentEvent.MoneyReturned e)
    {
        var refund = Refunds[e.Number - 1];
        return Change(refund.Capture, (Capture c) => c with { ReturnedMinor = c.ReturnedMinor + refund.AmountMinor })
            .Change(e.Number, (Refund r) => r with
            {
                Status = StepStatus.Done,
                Reference = e.Reference ?? r.Reference,
            });
    }

    /// <summary>
    /// A refused promise ends the attempt. A capture of a promise that ran out is made again of a new one; any other
    /// refusal waits for somebody.
    /// </summary>
    Payment Refused(PaymentEvent.StepRefused e)
    {
        switch (e.About)
        {
            case ProviderStep.Authorise:
                return Change(e.Number, (Authorisation a) => a with
                {
                    Status = StepStatus.Refused,
                    Code = e.Code,
                    ActionUrl = null,
                }) with
                {
                    DeclinedAttempt = Authorisations[e.Number - 1].Attempt,
                };
            case ProviderStep.Capture:
                var refused = Change(e.Number, (Capture c) => c with { Status = StepStatus.Refused, Code = e.Code });
                return e.Status == ProviderStatus.Expired
                    ? refused.Close(Captures[e.Number - 1].Authorisation)
                    : refused with { Trouble = e.Code };
            case ProviderStep.Void:
                return e.Status == ProviderStatus.Expired ? Close(e.Number) : this with { Trouble = e.Code };
            case ProviderStep.Refund:
                return Change(e.Number, (Refund r) => r with { Status = StepStatus.Refused, Code = e.Code }) with
                {
                    Trouble = e.Code,
                };
            default:
                throw new UnreachableException();
        }
    }

    Payment Close(int authorisation) => Change(authorisation, (Authorisation a) => a with { IsClosed = true });

    Payment Change(int number, Func<Authorisation, Authorisation> change) => this with
    {
        Authorisations = Authorisations.SetItem(number - 1, change(Authorisations[number - 1])),
    };

    Payment Change(int number, Func<Capture, Capture> change) => this with
    {
        Captures = Captures.SetItem(number - 1, change(Captures[number - 1])),
    };

    Payment Change(int number, Func<Refund, Refund> change) => this with
    {
        Refunds = Refunds.SetItem(number - 1, change(Refunds[number - 1])),
    };
}
