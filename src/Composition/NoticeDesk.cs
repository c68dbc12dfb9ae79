using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Composition;

/// <summary>
/// Where buyers are written to about their parcels. The same is asked again when somebody died before its answer was
/// kept: what is known to be sent is not sent again, and what may have been sent has the same id, by which mail
/// programs know it. Nothing that it answers names the buyer.
/// </summary>
public sealed class NoticeDesk(Mail mail, IDeskNotes notes)
{
    /// <summary>Nobody is written to.</summary>
    public static Connector None { get; } = (_, _, _) => new(new NoticeAnswer(NoticeOutcome.Off));

    /// <summary>The providers, and for messages to buyers this one.</summary>
    public static Dictionary<string, Connector> With(Dictionary<string, Connector> providers, Connector notices) =>
        new(providers) { [ParcelCalls.Notices] = notices };

    /// <summary>Answers a <see cref="NoticeCall"/>. To be used as a <see cref="Connector"/>.</summary>
    public async ValueTask<object> Answer(string id, object command, CancellationToken cancel) => command switch
    {
        NoticeCall.Tell c => await Tell(c, cancel),
        _ => throw new UnreachableException(),
    };

    /// <summary>
    /// The id of the message about a case of a parcel (<c>{seller}/{parcel}</c>), always the same, in the domain of
    /// whose name it is written in.
    /// </summary>
    public static string IdOf(string parcel, int number, string from)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(KeyOf(parcel, number)));
        return $"{Convert.ToHexStringLower(hash)[..32]}@{from[(from.LastIndexOf('@') + 1)..]}";
    }

    // No parcel has such a name, so no label has such a key.
    static string KeyOf(string parcel, int number) => $"notice//{parcel}/{number}";

    async ValueTask<NoticeAnswer> Tell(NoticeCall.Tell c, CancellationToken cancel)
    {
        var parcel = new EntityId(ParcelCalls.Kind, c.Parcel);
        if (mail.TellerOf(parcel.Seller) is not { } sender) return new(NoticeOutcome.Off);
        var (id, key) = (IdOf(c.Parcel, c.Case, sender.From), KeyOf(c.Parcel, c.Case));
        if (await notes.HasBegun(parcel.Seller, key, cancel)) return new(NoticeOutcome.Sent, id);
        if (await notes.Open(c.To) is not { } to) return new(NoticeOutcome.NoAddress, Why: LabelDesk.Erased);
        if (MailSettings.Address(to.NoticesTo ?? to.Email) is not { } address) return new(NoticeOutcome.NoAddress);
        var (subject, text) = sender.Texts.Write(c.What, new(
            sender.Name, c.Order, parcel.Name, c.Carrier, c.TrackingNumber, to.Name, c.Promised, c.Expected));
        try
        {
            Letter letter = new(id, sender.From, sender.Name, address, to.Name ?? to.Company, subject, text);
            var reply = await mail.Mailer!.Send(letter, cancel);
            if (!reply.IsTaken) return new(NoticeOutcome.Refused, Code: reply.Code, Why: reply.Why);
        }
        catch (ProviderUnclearException e)
        {
            return new(NoticeOutcome.Failing, Why: e.Why);
        }

        await notes.Begin(parcel.Seller, key, cancel);
        return new(NoticeOutcome.Sent, id);
    }
}
