using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>The carriers that are set up, and the desks at which they are asked.</summary>
public sealed class Carriers : IDisposable
{
    readonly List<IDisposable> _open = [];
    readonly Dictionary<string, CarrierDesk> _desks = new(StringComparer.Ordinal);

    /// <summary>Those that the settings speak of; <paramref name="printer"/> draws the courier's labels.</summary>
    public Carriers(CarrierSettings settings, ILabelPrinter printer, TimeProvider time)
    {
        RateDeadline = settings.RateDeadline;
        (Webhooks, Duties) = (new(settings.WebhookSecrets, time), settings.Duties);
        foreach (var (name, access) in settings.Accounts)
        {
            ICarrier carrier = name switch
            {
                UpsCarrier.Carrier => Keep(new UpsCarrier(access, time)),
                FedExCarrier.Carrier => Keep(new FedExCarrier(access, time)),
                DhlExpressCarrier.Carrier => Keep(new DhlExpressCarrier(access, time)),
                UspsCarrier.Carrier => Keep(new UspsCarrier(access, time)),
                _ => throw new CarrierSettingsException($"There is no carrier {name}."),
            };
            Add(carrier, access.Masked, settings.Fallbacks.GetValueOrDefault(name), time);
        }

        if (settings.Courier is { } table) Add(new LocalCourier(table, printer), null, null, time);
    }

    /// <summary>With carriers of one's own.</summary>
    public Carriers(
        IEnumerable<(ICarrier Carrier, CourierTable? Fallback)> carriers, TimeSpan rateDeadline, TimeProvider time,
        IReadOnlyDictionary<string, string>? webhookSecrets = null)
    {
        RateDeadline = rateDeadline;
        Webhooks = new(webhookSecrets ?? new Dictionary<string, string>(), time);
        foreach (var (carrier, fallback) in carriers) Add(carrier, null, fallback, time);
    }

    /// <summary>No carrier is set up.</summary>
    public static Carriers None { get; } = new([], TimeSpan.FromSeconds(5), TimeProvider.System);

    /// <summary>Every carrier that there is a connector of, by name.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        DhlExpressCarrier.Carrier, FedExCarrier.Carrier, LocalCourier.Carrier, UpsCarrier.Carrier, UspsCarrier.Carrier,
    ];

    /// <summary>Duty and tax at borders.</summary>
    public DutyTable Duties { get; } = DutyTables.Example;

    /// <summary>How long a carrier may think about a price.</summary>
    public TimeSpan RateDeadline { get; }

    /// <summary>What they tell by themselves.</summary>
    public CarrierWebhooks Webhooks { get; }

    /// <summary>Those that are set up, by name.</summary>
    public IEnumerable<CarrierDesk> All => _desks.Values.OrderBy(d => d.Carrier.Name, StringComparer.Ordinal);

    /// <summary>One of them; null for one that is not set up.</summary>
    public CarrierDesk? Find(string name) => _desks.GetValueOrDefault(name);

    /// <inheritdoc/>
    public void Dispose() => _open.ForEach(o => o.Dispose());

    void Add(ICarrier carrier, string? account, CourierTable? fallback, TimeProvider time) =>
        _desks.Add(carrier.Name, new(carrier, account, fallback, time));

    T Keep<T>(T opened)
        where T : IDisposable
    {
        _open.Add(opened);
        return opened;
    }
}
