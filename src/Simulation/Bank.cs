using Fulfillment.Payments;

namespace Fulfillment.Simulation;

/// <summary>
/// The payment providers as a world sees them: they remember every call under its key, fail before or after its effect,
/// decline, decide later, let promises run out, and tell by messages that come late, twice or never. What they know is
/// the truth that the payments are held against.
/// </summary>
public sealed class Bank(World world)
{
    static readonly string[] Names = ["stripe", "paypal", "test-gateway"];

    readonly Dictionary<string, Deed> _deeds = [];
    readonly Dictionary<string, Deed> _byReference = [];

    /// <summary>All providers by name.</summary>
    public IReadOnlyDictionary<string, Connector> Connectors => Names.ToDictionary(n => n, _ => (Connector)Answer);

    /// <summary>What the bank has of a payment: captured less refunded, and promised.</summary>
    public (long Net, long Promised) Of(string payment)
    {
        var mine = _deeds.Values.Where(d => d.Payment == payment && d.Status == ProviderStatus.Done).ToList();
        return (mine.Sum(d => d.TakenMinor - d.ReturnedMinor),
            mine.Where(d => d is { About: ProviderStep.Authorise, IsClosed: false } && d.ExpiresAt > world.Time.Now)
                .Sum(d => d.AmountMinor - d.UsedMinor));
    }

    /// <summary>Somebody gives money back at the provider, without our asking.</summary>
    public void ReturnUnasked(string payment)
    {
        var taken = _deeds.Values.FirstOrDefault(d => d.Payment == payment && d.TakenMinor > d.ReturnedMinor);
        if (taken is null) return;
        (taken.ReturnedMinor, taken.IsReturnedUnasked) = (taken.ReturnedMinor + 1, true);
        Tell(new($"n-u{_deeds.Count}", payment, ProviderStep.Refund, $"u-{taken.Reference}",
            new(ProviderStatus.Done), new(1, "EUR")));
    }

    /// <summary>A provider sends its message until it is taken.</summary>
    void Tell(ProviderNotice notice) => world.Ask(
        $"notice {notice.EventId}", new(PaymentsCalls.Kind, notice.Payment), new PaymentCommand.TakeNotice(notice),
        reply =>
        {
            if (reply.Status == NoticeStatus.NotYet) Tell(notice with { EventId = notice.EventId + "+" });
        });

    ValueTask<object> Answer(string id, object command, CancellationToken cancel)
    {
        if (world.Happens(world.Faults.ProviderFails / 2, "provider failed")) throw Unclear();
        var answer = command is ProviderCall.Inquire ask ? Inquire(ask) : Do(id, (ProviderCall)command);
        if (world.Happens(world.Faults.ProviderFails / 2, "provider's answer lost")) throw Unclear();
        return new(answer);
    }

    ProviderAnswer Do(string id, ProviderCall call)
    {
        if (_deeds.TryGetValue(id, out var known)) return known.Answer();
        var deed = _deeds[id] = call switch
        {
            ProviderCall.Authorise c => new(c.Payment, ProviderStep.Authorise, $"a{_deeds.Count}", c.Amount.AmountMinor)
            {
                Take = c.Take,
                ExpiresAt = world.Time.Now + (world.Happens(world.Faults.PromiseExpires, "promise runs out early")
                    ? TimeSpan.FromMinutes(3) : TimeSpan.FromDays(7)),
            },
            ProviderCall.Capture c => new(c.Payment, ProviderStep.Capture, $"c{_deeds.Count}", c.Amount.AmountMinor)
            {
                Of = _byReference[c.Authorisation],
                Last = c.Last,
            },
            ProviderCall.Void c => new(c.Payment, ProviderStep.Void, $"v{_deeds.Count}", 0)
            {
                Of = _byReference[c.Authorisation],
            },
            ProviderCall.Refund c => new(c.Payment, ProviderStep.Refund, $"r{_deeds.Count}", c.Amount.AmountMinor)
            {
                Of = _byReference[c.Taken],
            },
            _ => throw new InvalidOperationException($"no such call: {call}"),
        };
        _byReference[deed.Reference] = deed;
        var waits = deed.About != ProviderStep.Void && world.Happens(world.Faults.ProviderWaits, "provider waits");
        if (waits) deed.Status = ProviderStatus.Pending;
        else Decide(deed);
        if (waits && world.Random.Next(2) == 0) Notify(deed);
        return deed.Answer();
    }

    ProviderAnswer Inquire(ProviderCall.Inquire ask)
    {
        var deed = _byReference[ask.Reference];
        if (deed.Status == ProviderStatus.Pending && (world.IsCalm || world.Random.Next(2) == 0)) Decide(deed);
        return deed.Answer();
    }

    void Decide(Deed deed)
    {
        var declines = deed.About is ProviderStep.Authorise or ProviderStep.Capture
            && world.Happens(world.Faults.ProviderDeclines, "provider declined");
        deed.Status = declines ? ProviderStatus.Declined : Carry(deed);
    }

    /// <summary>Does it; what cannot be done is a bug of ours.</summary>
    ProviderStatus Carry(Deed deed)
    {
        switch (deed.About)
        {
            case ProviderStep.Authorise:
                if (!deed.Take) return ProviderStatus.Done;
                (deed.TakenMinor, deed.UsedMinor, deed.IsClosed) = (deed.AmountMinor, deed.AmountMinor, true);
                return ProviderStatus.Done;
            case ProviderStep.Capture:
                var promise = deed.Of!;
                if (promise.ExpiresAt <= world.Time.Now) return ProviderStatus.Expired;
                if (promise.IsClosed || promise.UsedMinor + deed.AmountMinor > promise.AmountMinor)
                    throw world.Broken($"{deed.Payment} captures more than {promise.Reference} promises");
                promise.UsedMinor += deed.AmountMinor;
                promise.IsClosed |= deed.Last;
                deed.TakenMinor = deed.AmountMinor;
                return ProviderStatus.Done;
            case ProviderStep.Void:
                if (deed.Of!.ExpiresAt <= world.Time.Now) return ProviderStatus.Expired;
                deed.Of.IsClosed = true;
                return ProviderStatus.Done;
            default:
                // We ask for what somebody else gave back in the meantime: no bug of ours, and the bank says no.
                if (deed.Of! is { IsReturnedUnasked: true } of && of.ReturnedMinor + deed.AmountMinor > of.TakenMinor)
                    return ProviderStatus.Declined;
                if (deed.Of!.ReturnedMinor + deed.AmountMinor > deed.Of.TakenMinor)
                    throw world.Broken($"{deed.Payment} refunds more than {deed.Of.Reference} took");
                deed.Of.ReturnedMinor += deed.AmountMinor;
                return ProviderStatus.Done;
        }
    }

    /// <summary>The provider decides, and tells; its message comes whenever it comes.</summary>
    void Notify(Deed deed) =>
        world.Send(() =>
        {
            if (deed.Status == ProviderStatus.Pending) Decide(deed);
            Tell(new($"n-{deed.Reference}", deed.Payment, deed.About, deed.Reference, deed.Answer(), null));
        });

    static InvalidOperationException Unclear() => new("the provider does not answer");

    /// <summary>One step at the provider.</summary>
    sealed class Deed(string payment, ProviderStep about, string reference, long amountMinor)
    {
        public string Payment { get; } = payment;

        public ProviderStep About { get; } = about;

        public string Reference { get; } = reference;

        public long AmountMinor { get; } = amountMinor;

        public bool Take { get; init; }

        public bool Last { get; init; }

        public Deed? Of { get; init; }

        public DateTimeOffset ExpiresAt { get; init; }

        public ProviderStatus Status { get; set; }

        public long TakenMinor { get; set; }

        public long ReturnedMinor { get; set; }

        public bool IsReturnedUnasked { get; set; }

        public long UsedMinor { get; set; }

        public bool IsClosed { get; set; }

        public ProviderAnswer Answer() => new(
            Status, Reference, Take && Status == ProviderStatus.Done ? Reference : null,
            About == ProviderStep.Authorise ? ExpiresAt : null,
            Status is ProviderStatus.Declined ? "card_declined" : null);
    }
}
