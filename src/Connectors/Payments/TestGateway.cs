using System.Diagnostics;
using System.Globalization;
using Fulfillment.Payments;

namespace Fulfillment.Connectors;

/// <summary>
/// A provider without a network, for tests and demonstrations. How a payment goes is chosen by its method; references
/// say all about themselves and are signed, so nothing is kept between calls and a restart changes nothing.
/// <list type="table">
/// <item><term><c>ok</c></term><description>done; runs out after seven days</description></item>
/// <item><term><c>declined</c>, <c>insufficient-funds</c></term><description>the bank says no</description></item>
/// <item><term><c>unknown</c></term><description>each step is done, its first answer lost</description></item>
/// <item><term><c>late:SECONDS</c></term><description>pending, done so much later</description></item>
/// <item><term><c>action</c></term><description>pending until the buyer has acted, within 30 s</description></item>
/// <item><term><c>expires:SECONDS</c></term><description>done; runs out so soon</description></item>
/// <item><term><c>capture-declined</c></term><description>done; then captures are declined</description></item>
/// <item><term><c>refund-pending:SECONDS</c></term><description>done; refunds take so long</description></item>
/// <item><term><c>garbage</c></term><description>never a sensible answer</description></item>
/// </list>
/// A capture may have no more than its authorisation, a refund no more than its capture; what several of them add up to
/// is known only to who keeps state.
/// </summary>
public sealed class TestGateway(TestGatewaySettings settings, TimeProvider time)
{
    /// <summary>Its name as a connector and in paths.</summary>
    public const string Name = "test-gateway";

    /// <summary>How many ids of calls are remembered at most; beyond it <c>unknown</c> loses an answer again.</summary>
    public const int MostSeen = 10_000;

    static readonly TimeSpan Lifetime = TimeSpan.FromDays(7), Delay = TimeSpan.FromSeconds(30);

    readonly TestReferences _references = new(settings.Secret ?? "test-gateway");
    readonly Dictionary<string, DateTimeOffset> _seen = [];
    readonly Queue<string> _order = new();
    readonly Lock _lock = new();

    /// <summary>
    /// Answers a <see cref="ProviderCall"/> with a <see cref="ProviderAnswer"/>; throws
    /// <see cref="ProviderUnclearException"/> where its outcome is to be unknown. To be used as a
    /// <see cref="Connector"/>.
    /// </summary>
    public ValueTask<object> Answer(string id, object command, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var (since, isFirst) = Since(id);
        return new(command switch
        {
            ProviderCall.Authorise c => Authorise(id, c, since, isFirst),
            ProviderCall.Capture c => Capture(id, c, since, isFirst),
            ProviderCall.Void c => Void(c),
            ProviderCall.Refund c => Refund(id, c, since, isFirst),
            ProviderCall.Inquire c => Inquire(c),
            _ => throw new UnreachableException(),
        });
    }

    ProviderAnswer Authorise(string id, ProviderCall.Authorise call, DateTimeOffset since, bool isFirst)
    {
        if (Wrong(call.Amount) is { } wrong) return Gateways.Refused(wrong);
        var (word, seconds) = Split(call.Method);
        var (ready, expires) = (since, since + Lifetime);
        switch (word)
        {
            case "ok" or "capture-declined" or "refund-pending":
                break;
            case "unknown":
                LoseFirst(isFirst);
                break;
            case "late":
                ready += seconds;
                break;
            case "action":
                ready += Delay;
                break;
            case "expires":
                expires = since + seconds;
                break;
            case "declined":
                return new(ProviderStatus.Declined, Code: "card_declined");
            case "insufficient-funds":
                return new(ProviderStatus.Declined, Code: "insufficient_funds");
            case "garbage":
                throw new ProviderUnclearException(Name, "answered what is not a JSON object");
            default:
                return Gateways.Refused("unknown-method");
        }

        TestReference authorisation =
            new('a', call.Method, call.Amount, expires, ready, call.Take, TestReferences.Mark(id));
        return Told(authorisation, call.Payment);
    }

    ProviderAnswer Capture(string id, ProviderCall.Capture call, DateTimeOffset since, bool isFirst)
    {
        if (_references.Read(call.Authorisation, call.Payment, 'a') is not { } authorisation)
            return Gateways.Refused("unknown-reference");
        if (Wrong(call.Amount) is { } wrong) return Gateways.Refused(wrong);
        if (call.Amount.Currency != authorisation.Amount.Currency) return Gateways.Refused("currency-mismatch");
        if (authorisation.Take) return Gateways.Refused("already-captured");
        if (time.GetUtcNow() < authorisation.Ready) return Gateways.Refused("not-authorised");
        if (since >= authorisation.Expires) return new(ProviderStatus.Expired, Code: "authorisation-expired");
        if (call.Amount.AmountMinor > authorisation.Amount.AmountMinor)
            return Gateways.Refused("capture-exceeds-authorisation");
        var (word, _) = Split(authorisation.Method);
        if (word == "capture-declined") return new(ProviderStatus.Declined, Code: "card_declined");
        if (word == "unknown") LoseFirst(isFirst);
        return Told(new('c', authorisation.Method, call.Amount, since, since, false, TestReferences.Mark(id)),
            call.Payment);
    }

    /// <summary>Nothing is left of it afterwards, whatever was before.</summary>
    ProviderAnswer Void(ProviderCall.Void call) => _references.Read(call.Authorisation, call.Payment, 'a') is null
        ? Gateways.Refused("unknown-reference") : new(ProviderStatus.Done, call.Authorisation);

    ProviderAnswer Refund(string id, ProviderCall.Refund call, DateTimeOffset since, bool isFirst)
    {
        if (_references.Read(call.Taken, call.Payment, 'c') is not { } capture)
            return Gateways.Refused("unknown-reference");
        if (Wrong(call.Amount) is { } wrong) return Gateways.Refused(wrong);
        if (call.Amount.Currency != capture.Amount.Currency) return Gateways.Refused("currency-mismatch");
        if (call.Amount.AmountMinor > capture.Amount.AmountMinor) return Gateways.Refused("refund-exceeds-capture");
        var (word, seconds) = Split(capture.Method);
        if (word == "unknown") LoseFirst(isFirst);
        var ready = word == "refund-pending" ? since + seconds : since;
        return Told(new('r', capture.Method, call.Amount, ready, ready, false, TestReferences.Mark(id)), call.Payment);
    }

    ProviderAnswer Inquire(ProviderCall.Inquire call)
    {
        var kind = call.About switch
        {
            ProviderStep.Authorise or ProviderStep.Void => 'a',
            ProviderStep.Capture => 'c',
            ProviderStep.Refund => 'r',
        };
        return _references.Read(call.Reference, call.Payment, kind) is not { } known
            ? Gateways.Refused("unknown-reference")
            : call.About == ProviderStep.Void ? new(ProviderStatus.Done, call.Reference) : Told(known, call.Payment);
    }

    /// <summary>What is so at this moment.</summary>
    ProviderAnswer Told(TestReference known, string payment)
    {
        var reference = _references.Write(known, payment);
        if (time.GetUtcNow() < known.Ready)
        {
            return new(ProviderStatus.Pending, reference, ActionUrl: known is { Kind: 'a', Method: "action" }
                ? $"https://test-gateway.invalid/approve/{known.Mark}" : null);
        }

        if (known.Kind != 'a') return new(ProviderStatus.Done, reference);
        return known.Take
            ? new(ProviderStatus.Done, reference, _references.Write(known with { Kind = 'c', Take = false }, payment))
            : new(ProviderStatus.Done, reference, ExpiresAt: known.Expires);
    }

    /// <summary>When a call was made for the first time: its repeats are answered as it was.</summary>
    (DateTimeOffset Since, bool IsFirst) Since(string id)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        lock (_lock)
        {
            if (_seen.TryGetValue(id, out var since)) return (since, false);
            if (_order.Count == MostSeen) _seen.Remove(_order.Dequeue());
            _seen.Add(id, now);
            _order.Enqueue(id);
            return (now, true);
        }
    }

    static void LoseFirst(bool isFirst)
    {
        if (isFirst) throw new ProviderUnclearException(Name, "the answer was lost");
    }

    static string? Wrong(Money amount) => amount.AmountMinor <= 0 ? "amount-not-positive"
        : Currencies.DigitsOf(amount.Currency) is null ? "unknown-currency" : null;

    static (string Word, TimeSpan Time) Split(string method)
    {
        var colon = method.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return (method, Delay);
        return int.TryParse(method.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? (method[..colon], TimeSpan.FromSeconds(seconds)) : ("", Delay);
    }
}
