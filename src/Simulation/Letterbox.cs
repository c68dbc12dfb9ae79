using Fulfillment.Composition;
using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Simulation;

/// <summary>
/// The seller's mail server and his buyers as a world sees them, behind the product's own desk for messages: it fails
/// before or after it has taken a letter, refuses, and some buyers cannot be written to. What it has taken is the truth
/// that the notices are held against.
/// </summary>
public sealed class Letterbox : IMailer, IDeskNotes
{
    /// <summary>In whose name buyers are written to.</summary>
    public const string From = "shop@example.com";

    readonly World _world;
    readonly NoticeDesk _desk;
    readonly HashSet<string> _noted = [];
    readonly Dictionary<string, (int Times, int Excused)> _taken = [];
    string _last = "";

    /// <summary>The mail of this world.</summary>
    public Letterbox(World world)
    {
        _world = world;
        _desk = new(
            new(new Dictionary<string, MailSender>
            {
                [Callers.Seller] = new(From, "Shop", true, NoticeTexts.English),
            }, this), this);
    }

    /// <summary>One with a mailbox, one without, and one whose data was erased.</summary>
    public static IReadOnlyList<string> Buyers { get; } = ["subject", "subject", "subject", "silent", "erased"];

    /// <summary>The desk by the name that it has for parcels.</summary>
    public IEnumerable<KeyValuePair<string, Connector>> Connectors =>
        [KeyValuePair.Create(ParcelCalls.Notices, (Connector)Answer)];

    /// <summary>
    /// How often each letter was taken, by its id; <c>Excused</c>: how often nobody could know that it was.
    /// </summary>
    public IReadOnlyDictionary<string, (int Times, int Excused)> Taken => _taken;

    /// <inheritdoc/>
    public ValueTask<MailReply> Send(Letter letter, CancellationToken cancel)
    {
        if (_world.Happens(_world.Faults.ProviderFails * 8, "mail server failed")) throw Unclear();
        if (_world.Happens(_world.Faults.ProviderDeclines, "mail refused")) return new(new MailReply(false, "550"));
        var (times, excused) = _taken.GetValueOrDefault(letter.Id);
        var isLost = _world.Happens(_world.Faults.ProviderFails, "mail server's answer lost");
        _taken[_last = letter.Id] = (times + 1, excused + (isLost ? 1 : 0));
        if (isLost) throw Unclear();
        return new(new MailReply(true));
    }

    /// <inheritdoc/>
    public ValueTask<bool> Begin(string seller, string key, CancellationToken cancel)
    {
        if (!_world.Happens(_world.Faults.ProviderFails, "letter not noted")) return new(_noted.Add(key));
        _taken[_last] = (_taken[_last].Times, _taken[_last].Excused + 1);
        throw Died();
    }

    /// <inheritdoc/>
    public ValueTask<bool> HasBegun(string seller, string key, CancellationToken cancel) => new(_noted.Contains(key));

    /// <inheritdoc/>
    public ValueTask<ShipAddress?> Open(Personal<ShipAddress> to) => new(to.Subject switch
    {
        "erased" => null,
        "silent" => new ShipAddress("AT"),
        _ => new ShipAddress("AT", Email: "buyer@example.com"),
    });

    async ValueTask<object> Answer(string id, object command, CancellationToken cancel)
    {
        if (_world.Happens(_world.Faults.ProviderFails / 2, "notice desk died before")) throw Died();
        var answer = await _desk.Answer(id, command, cancel);
        if (_world.Happens(_world.Faults.ProviderFails / 2, "notice desk died after")) throw Died();
        return answer;
    }

    static ProviderUnclearException Unclear() => new("mail", "is not clear", null, ProviderTrouble.Unreachable);

    static InvalidOperationException Died() => new("somebody died");
}
