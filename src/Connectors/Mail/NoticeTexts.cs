using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>
/// What a message can speak of. <c>Name</c>: the buyer's; null, as all others that may be missing, where not known.
/// </summary>
public sealed record NoticeFacts(
    string Seller, string Order, string Parcel, string Carrier, string? TrackingNumber, string? Name,
    DateOnly? Promised, DateOnly? Expected);

/// <summary>
/// The words of messages to buyers, by what has happened: English ones of our own, and a seller's in their place. A
/// placeholder is a name in braces; a line of a body in which one has no value is left out.
/// </summary>
public sealed partial class NoticeTexts
{
    const int MostSubject = 200, MostBody = 5_000;

    const string Facts = """
        Promised for: {promised}
        Expected now: {expected}
        Carrier: {carrier}
        Tracking number: {tracking}
        Follow it here: {link}
        """;

    const string Ends = """


        If you have a question, just answer this message.

        {seller}
        """;

    static readonly string[] Always = ["order", "parcel", "carrier", "seller"],
        Sometimes = ["tracking", "link", "promised", "expected", "name"];

    readonly ImmutableDictionary<CaseReason, (string Subject, string Body)> _texts;

    NoticeTexts(ImmutableDictionary<CaseReason, (string Subject, string Body)> texts) => _texts = texts;

    /// <summary>Our own.</summary>
    public static NoticeTexts English { get; } = new(ImmutableDictionary.CreateRange(
    [
        Text(CaseReason.LateRisk, "may arrive later than promised",
            "We have promised you a parcel of your order {order}, and it may arrive later than that.",
            "You need not do anything. We are sorry for the delay, and look after it."),
        Text(CaseReason.Delay, "is delayed",
            "A parcel of your order {order} is delayed on its way to you.",
            "You need not do anything. We are sorry for the delay, and look after it."),
        Text(CaseReason.Weather, "is delayed by the weather",
            "The weather, or another force that nobody has, delays a parcel of your order {order}.",
            "You need not do anything: it goes on as soon as it can."),
        Text(CaseReason.FailedAttempt, "could not be delivered",
            "The carrier wanted to deliver a parcel of your order {order}, and could not.",
            "Please look whether the carrier has left you a note, and tell us, by answering this message, when and\n"
            + "where you can take it."),
        Text(CaseReason.Address, "needs your address",
            "A parcel of your order {order} cannot be delivered: the carrier does not find the address.",
            "Please answer this message with your full address, with floor, company or name at the door where needed."),
        Text(CaseReason.Lost, "is lost",
            "The carrier cannot find a parcel of your order {order}. We are sorry.",
            "Please tell us, by answering this message, whether we shall send it again or give you your money back."),
        Text(CaseReason.Returning, "is on its way back",
            "A parcel of your order {order} could not be delivered, and is on its way back to us.",
            "Please tell us, by answering this message, whether you still want it, and where we shall send it."),
    ]));

    /// <summary>
    /// A seller's, by the word of what has happened, such as <c>late-risk</c>; ours where he has none. Throws
    /// <see cref="MailSettingsException"/> with the name of what is unknown or missing.
    /// </summary>
    internal static NoticeTexts Of(IReadOnlyDictionary<string, NoticeTextFile?> own)
    {
        var texts = English._texts;
        foreach (var (word, text) in own)
        {
            var known = texts.Keys.Where(r => WordOf(r) == word).Cast<CaseReason?>().FirstOrDefault();
            if (known is not { } reason)
                throw new MailSettingsException(
                    $"there is no text {word}; there are {string.Join(", ", texts.Keys.Select(WordOf).Order())}.");
            if (text is not { Subject.Length: > 0 and <= MostSubject, Body.Length: > 0 and <= MostBody })
                throw new MailSettingsException(
                    $"text {word} must have a subject of up to {MostSubject} characters and a body of up to "
                    + $"{MostBody}.");
            if (text.Subject.Any(char.IsControl))
                throw new MailSettingsException($"text {word}: the subject must be one line.");
            Check($"the subject of text {word}", text.Subject, Always);
            Check($"the body of text {word}", text.Body, [.. Always, .. Sometimes]);
            texts = texts.SetItem(reason, (text.Subject, text.Body));
        }

        return new(texts);
    }

    /// <summary>The subject and the text of a message.</summary>
    public (string Subject, string Body) Write(CaseReason what, NoticeFacts facts)
    {
        var (subject, body) = _texts[what];
        StringBuilder text = new();
        var isBlank = true;
        foreach (var line in body.ReplaceLineEndings("\n").Split('\n'))
        {
            if (Filled(line, facts) is not { } filled) continue;
            // Lines that were left out leave no gap.
            if (isBlank && filled.Length == 0) continue;
            isBlank = filled.Length == 0;
            text.Append(filled).Append('\n');
        }

        return (Filled(subject, facts)!, text.ToString());
    }

    static string? Filled(string line, NoticeFacts facts)
    {
        var isWhole = true;
        var filled = Placeholder().Replace(line, found =>
        {
            var value = Value(found.Groups["name"].Value, facts);
            isWhole &= value is not null;
            return value is null ? "" : string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c));
        });
        return isWhole ? filled.TrimEnd() : null;
    }

    static string? Value(string name, NoticeFacts f) => name switch
    {
        "order" => f.Order,
        "parcel" => f.Parcel,
        "carrier" => CarrierLinks.NameOf(f.Carrier),
        "seller" => f.Seller,
        "tracking" => f.TrackingNumber,
        "link" => f.TrackingNumber is { } number ? CarrierLinks.Of(f.Carrier, number) : null,
        "promised" => Day(f.Promised),
        "expected" => Day(f.Expected),
        _ => string.IsNullOrWhiteSpace(f.Name) ? null : f.Name,
    };

    static string? Day(DateOnly? day) => day?.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture);

    static void Check(string where, string text, string[] known)
    {
        if (Placeholder().Matches(text).Select(m => m.Groups["name"].Value).FirstOrDefault(n => !known.Contains(n))
            is { } unknown)
            throw new MailSettingsException(
                $"{where} has the placeholder {{{unknown}}}; it may have "
                + $"{string.Join(", ", known.Select(n => $"{{{n}}}"))}.");
        if (Placeholder().Replace(text, "").AsSpan().IndexOfAny('{', '}') >= 0)
            throw new MailSettingsException($"{where} has a brace that belongs to no placeholder.");
    }

    static string WordOf(CaseReason reason) => string.Concat(
        $"{reason}".Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}"
            : $"{char.ToLowerInvariant(c)}"));

    static KeyValuePair<CaseReason, (string Subject, string Body)> Text(
        CaseReason reason, string says, string what, string then) =>
        new(reason, (
            $"Your order {{order}}: a parcel {says}",
            $"Hello {{name}},\n\n{what}\n\n{Facts}\n\n{then}{Ends}"));

    [GeneratedRegex(@"\{(?<name>[^{}]*)\}", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Placeholder();
}
