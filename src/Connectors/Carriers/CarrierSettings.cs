using System.Globalization;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>Settings of carriers that make no sense; the message names the variable and no secret.</summary>
public sealed class CarrierSettingsException(string message) : Exception(message);

/// <summary>
/// An account with a carrier. <c>Client</c> and <c>Secret</c>: of the API. <c>Account</c>: the shipper's number.
/// <c>Crid</c> and <c>Mid</c>: of USPS alone. It prints none of them.
/// </summary>
public sealed class CarrierAccess(
    string client, string secret, string account, Uri api, TimeSpan deadline, string? crid = null, string? mid = null)
{
    internal string Client { get; } = client;

    internal string Secret { get; } = secret;

    internal string Account { get; } = account;

    internal Uri Api { get; } = api;

    internal TimeSpan Deadline { get; } = deadline;

    internal string? Crid { get; } = crid;

    internal string? Mid { get; } = mid;

    /// <summary>The account, but for its last three characters masked.</summary>
    public string Masked => Account.Length <= 3 ? "***" : $"***{Account[^3..]}";

    /// <inheritdoc/>
    public override string ToString() => $"account {Masked}";
}

/// <summary>
/// Which carriers are set up. <c>Accounts</c>: by name. <c>Courier</c>: what the local courier charges, null where he
/// is switched off, or has no table of his own and there is another carrier. <c>Fallbacks</c>: tables that stand in for
/// carriers who do not answer. <c>RateDeadline</c>: how long a carrier may think about a price.
/// </summary>
public sealed record CarrierSettings(
    IReadOnlyDictionary<string, CarrierAccess> Accounts, CourierTable? Courier,
    IReadOnlyDictionary<string, CourierTable> Fallbacks, TimeSpan RateDeadline)
{
    const int LeastSecret = 16;

    /// <summary>What signs the webhooks of a carrier, by his name; he has none where nothing is set.</summary>
    public IReadOnlyDictionary<string, string> WebhookSecrets { get; init; } = new Dictionary<string, string>();

    static readonly TimeSpan UsualDeadline = TimeSpan.FromSeconds(30), UsualRateDeadline = TimeSpan.FromSeconds(5);

    /// <summary>The local courier with his example prices, and nobody else.</summary>
    public static CarrierSettings Default { get; } = new(
        new Dictionary<string, CarrierAccess>(), CourierTables.Example, new Dictionary<string, CourierTable>(),
        UsualRateDeadline);

    /// <summary>By what duties and taxes at borders are reckoned.</summary>
    public DutyTable Duties { get; init; } = DutyTables.Example;

    /// <summary>As the environment says; <paramref name="file"/> reads a table.</summary>
    public static CarrierSettings Read(Func<string, string?> variable, Func<string, byte[]> file)
    {
        var deadline = Seconds("CARRIER_DEADLINE_SECONDS", UsualDeadline);
        Dictionary<string, CarrierAccess> accounts = [];
        Add(UpsCarrier.Carrier, "UPS", "CLIENT", "SECRET", "https://onlinetools.ups.com/");
        Add(FedExCarrier.Carrier, "FEDEX", "CLIENT", "SECRET", "https://apis.fedex.com/");
        Add(DhlExpressCarrier.Carrier, "DHL_EXPRESS", "USER", "PASSWORD", "https://express.api.dhl.com/mydhlapi/");
        Add(UspsCarrier.Carrier, "USPS", "CLIENT", "SECRET", "https://apis.usps.com/");
        Dictionary<string, CourierTable> fallbacks = [];
        foreach (var (carrier, prefix) in (ReadOnlySpan<(string, string)>)
            [(UpsCarrier.Carrier, "UPS"), (FedExCarrier.Carrier, "FEDEX"),
                (DhlExpressCarrier.Carrier, "DHL_EXPRESS"), (UspsCarrier.Carrier, "USPS")])
            if (Table($"{prefix}_FALLBACK_TABLE") is { } table) fallbacks[carrier] = table;
        // His example prices are nobody's: they do not compete with those of a carrier.
        var courier = Value("LOCAL_COURIER") is "0" or "false" ? null
            : Table("LOCAL_COURIER_TABLE") ?? (accounts.Count == 0 ? CourierTables.Example : null);
        return new(accounts, courier, fallbacks, Seconds("CARRIER_RATE_DEADLINE_SECONDS", UsualRateDeadline))
        {
            WebhookSecrets = Secrets(Value),
            Duties = FromFile("DUTY_TABLE", bytes => DutyTables.Read(bytes)) ?? DutyTables.Example,
        };

        string? Value(string name) => variable($"FULFILLMENT_{name}") is { Length: > 0 } value ? value : null;

        void Add(string carrier, string prefix, string client, string secret, string api)
        {
            var given = (Client: Value($"{prefix}_{client}"), Secret: Value($"{prefix}_{secret}"),
                Account: Value($"{prefix}_ACCOUNT"));
            if (given is (null, null, null)) return;
            if (given is not ({ } user, { } word, { } account))
                throw new CarrierSettingsException(
                    $"FULFILLMENT_{prefix}_{client}, FULFILLMENT_{prefix}_{secret} and FULFILLMENT_{prefix}_ACCOUNT "
                    + "go together.");
            accounts[carrier] = new(
                user, word, account, Address($"{prefix}_API", Value($"{prefix}_API") ?? api), deadline,
                Value($"{prefix}_CRID"), Value($"{prefix}_MID"));
        }

        TimeSpan Seconds(string name, TimeSpan usual)
        {
            if (Value(name) is not { } text) return usual;
            return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                && seconds is >= 0.1 and <= 300 ? TimeSpan.FromSeconds(seconds)
                : throw new CarrierSettingsException($"FULFILLMENT_{name} must be a number of seconds up to 300.");
        }

        CourierTable? Table(string name) => FromFile(name, bytes => CourierTables.Read(bytes));

        T? FromFile<T>(string name, Func<byte[], T> read)
            where T : class
        {
            if (Value(name) is not { } path) return null;
            try
            {
                return read(file(path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CarrierSettingsException)
            {
                throw new CarrierSettingsException($"FULFILLMENT_{name}: {e.Message}");
            }
        }
    }

    /// <summary>What carriers sign their webhooks with, by carrier.</summary>
    static Dictionary<string, string> Secrets(Func<string, string?> value)
    {
        Dictionary<string, string> secrets = [];
        foreach (var carrier in Carriers.Known)
        {
            var name = $"{carrier.Replace('-', '_').ToUpperInvariant()}_WEBHOOK_SECRET";
            if (value(name) is not { } secret) continue;
            if (secret.Length < LeastSecret)
                throw new CarrierSettingsException(
                    $"FULFILLMENT_{name} must have {LeastSecret} characters: who guesses it tells us of any parcel.");
            secrets.Add(carrier, secret);
        }

        return secrets;
    }

    /// <summary>Secrets travel by TLS; without it only to this machine.</summary>
    static Uri Address(string name, string text) =>
        Uri.TryCreate(text.EndsWith('/') ? text : $"{text}/", UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            ? url : throw new CarrierSettingsException(
                $"FULFILLMENT_{name} must be an https address, or an http one of this machine.");
}
