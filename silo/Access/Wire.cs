using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fulfillment.Catalog;
using Fulfillment.Counting;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using Fulfillment.Payments;
using Fulfillment.Picking;
using Fulfillment.Purchasing;
using Fulfillment.Routing;
using Fulfillment.Screening;
using Fulfillment.Sensing;
using Fulfillment.Shipping;
using Fulfillment.Warehousing;

namespace Fulfillment.Access;

/// <summary>How commands and replies travel between processes: as JSON, commands by their permanent names.</summary>
static class Wire
{
    /// <summary>Changes when processes of before and after could not talk to each other.</summary>
    public const int Version = 2;

    static readonly Dictionary<string, JsonTypeInfo> Families = new()
    {
        [InventoryCalls.Kind] = SkuWire.Default.SkuCommand,
        [OrderingCalls.Kind] = OrderWire.Default.OrderCommand,
        [WarehousingCalls.Kind] = NodeWire.Default.NodeCommand,
        [IntakeCalls.RequestKind] = IntakeWire.Default.RequestCommand,
        [IntakeCalls.QuarantineKind] = IntakeWire.Default.QuarantineCommand,
        [PaymentsCalls.Kind] = PaymentWire.Default.PaymentCommand,
        [PaymentsCalls.AccountKind] = AccountWire.Default.AccountCommand,
        [TraceCalls.Kind] = TraceWire.Default.TraceCommand,
        [FraudPolicyCalls.Kind] = FraudPolicyWire.Default.FraudPolicyCommand,
        [RuleBookCalls.Kind] = RuleBookWire.Default.RuleBookCommand,
        [PurchasingCalls.Kind] = PurchaseWire.Default.PurchaseCommand,
        [TransferCalls.Kind] = TransferWire.Default.TransferCommand,
        [CountingCalls.Kind] = CountWire.Default.CountCommand,
        [PickingCalls.Kind] = PickListWire.Default.PickListCommand,
        [PickRosterCalls.Kind] = PickRosterWire.Default.RosterCommand,
        [RefillCalls.Kind] = RefillsWire.Default.RefillCommand,
        [SensingCalls.Kind] = SensorWire.Default.SensorCommand,
        [CatalogCalls.Kind] = CatalogWire.Default.TradeItemCommand,
        [ProductCalls.Kind] = ProductWire.Default.ProductCommand,
        [AttributeSetCalls.Kind] = AttributeSetWire.Default.AttributeSetCommand,
        [ComplianceCalls.Kind] = ComplianceWire.Default.ComplianceCommand,
        [SkuAliasCalls.Kind] = SkuAliasWire.Default.SkuAliasCommand,
        [PlateCalls.Kind] = PlateWire.Default.LicensePlateCommand,
        [SsccRangeCalls.Kind] = SsccRangeWire.Default.SsccRangeCommand,
        [LayoutCalls.Kind] = LayoutWire.Default.LayoutCommand,
        [BoxCalls.Kind] = BoxWire.Default.BoxCommand,
        [PackCalls.Kind] = PackJobWire.Default.PackCommand,
        [ParcelCalls.Kind] = ParcelWire.Default.ParcelCommand,
        [PickupCalls.Kind] = PickupWire.Default.PickupCommand,
        [ManifestCalls.Kind] = ManifestWire.Default.ManifestCommand,
    };

    static readonly JsonSerializerContext[] Contexts =
    [
        SkuWire.Default, OrderWire.Default, NodeWire.Default, IntakeWire.Default, TraceWire.Default,
        FraudPolicyWire.Default, RuleBookWire.Default, PaymentWire.Default, AccountWire.Default,
        PurchaseWire.Default, TransferWire.Default, CatalogWire.Default, CountWire.Default, ProductWire.Default,
        AttributeSetWire.Default, ComplianceWire.Default, SkuAliasWire.Default, LayoutWire.Default, PlateWire.Default,
        SsccRangeWire.Default, SensorWire.Default, BoxWire.Default, PickListWire.Default, PackJobWire.Default,
        PickRosterWire.Default, RefillsWire.Default, ParcelWire.Default,
        ManifestWire.Default, PickupWire.Default,
    ];

    static readonly ConcurrentDictionary<Type, JsonTypeInfo> Replies = new(), Asked = new();

    public static byte[] WriteCommand(string kind, object command) =>
        JsonSerializer.SerializeToUtf8Bytes(command, FamilyOf(kind));

    public static object ReadCommand(string kind, ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, FamilyOf(kind)) ?? throw new JsonException("A command is null.");

    public static byte[] WriteReply(object reply) =>
        JsonSerializer.SerializeToUtf8Bytes(reply, Replies.GetOrAdd(reply.GetType(), InfoOf));

    public static object ReadReply(object command, ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, Asked.GetOrAdd(command.GetType(), ReplyOf))
        ?? throw new JsonException("A reply is null.");

    static JsonTypeInfo FamilyOf(string kind) => Families.TryGetValue(kind, out var family)
        ? family : throw new ClusterException(Fault.NotWritten, $"There is no kind of entity '{kind}'.");

    /// <summary>The contract of the reply to such a command; throws when nobody wrote one.</summary>
    public static JsonTypeInfo ReplyOf(Type command)
    {
        var asked = command.GetInterfaces()
            .Single(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>));
        return Replies.GetOrAdd(asked.GenericTypeArguments[0], InfoOf);
    }

    static JsonTypeInfo InfoOf(Type type) => Contexts.Select(c => c.GetTypeInfo(type)).First(i => i is not null)!;
}

/// <summary>Contracts of what travels to and from SKUs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(SkuCommand))]
[JsonSerializable(typeof(DefineReply))]
[JsonSerializable(typeof(MoveReply))]
[JsonSerializable(typeof(ClaimReply))]
[JsonSerializable(typeof(StockReply))]
[JsonSerializable(typeof(SupplyReply))]
[JsonSerializable(typeof(SuppliesReply))]
[JsonSerializable(typeof(ImpactReply))]
[JsonSerializable(typeof(PlanSupplyReply))]
[JsonSerializable(typeof(JudgeReply))]
[JsonSerializable(typeof(NamingReply))]
[JsonSerializable(typeof(PickReply))]
[JsonSerializable(typeof(LotReply))]
[JsonSerializable(typeof(SlotsReply))]
[JsonSerializable(typeof(StockRulesReply))]
[JsonSerializable(typeof(CarryReply))]
[JsonSerializable(typeof(Done))]
sealed partial class SkuWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from orders.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(OrderCommand))]
[JsonSerializable(typeof(PlaceReply))]
[JsonSerializable(typeof(OrderAnswer))]
[JsonSerializable(typeof(PaymentReply))]
[JsonSerializable(typeof(CancelReply))]
[JsonSerializable(typeof(FulfilReply))]
[JsonSerializable(typeof(HoldReply))]
[JsonSerializable(typeof(EditReply))]
[JsonSerializable(typeof(InterceptReply))]
[JsonSerializable(typeof(MethodReply))]
[JsonSerializable(typeof(Done))]
sealed partial class OrderWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from nodes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(NodeCommand))]
[JsonSerializable(typeof(DefineNodeReply))]
[JsonSerializable(typeof(NodeReply))]
[JsonSerializable(typeof(OfflineReply))]
[JsonSerializable(typeof(RoomReply))]
sealed partial class NodeWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from what is taken in.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RequestCommand))]
[JsonSerializable(typeof(ClaimKeyReply))]
[JsonSerializable(typeof(QuarantineCommand))]
[JsonSerializable(typeof(CloseQuarantineReply))]
[JsonSerializable(typeof(QuarantineReply))]
[JsonSerializable(typeof(Done))]
sealed partial class IntakeWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from payments.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(PaymentCommand))]
[JsonSerializable(typeof(PaymentStanding))]
[JsonSerializable(typeof(PaymentAnswer))]
[JsonSerializable(typeof(MoneyReply))]
[JsonSerializable(typeof(NoticeReply))]
[JsonSerializable(typeof(Done))]
[JsonSerializable(typeof(Capture), TypeInfoPropertyName = "CaptureMade")]
[JsonSerializable(typeof(Refund), TypeInfoPropertyName = "RefundMade")]
sealed partial class PaymentWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from credit accounts.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(AccountCommand))]
[JsonSerializable(typeof(PaymentStanding))]
[JsonSerializable(typeof(AccountAnswer))]
[JsonSerializable(typeof(AccountReply))]
sealed partial class AccountWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from traces.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(TraceCommand))]
[JsonSerializable(typeof(TraceReply))]
[JsonSerializable(typeof(NoteReply))]
sealed partial class TraceWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from fraud policies.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(FraudPolicyCommand))]
[JsonSerializable(typeof(SetPolicyReply))]
[JsonSerializable(typeof(FraudPolicyReply))]
[JsonSerializable(typeof(Assessment))]
sealed partial class FraudPolicyWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from routing rules.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RuleBookCommand))]
[JsonSerializable(typeof(ChangeRulesReply))]
[JsonSerializable(typeof(RuleBookReply))]
[JsonSerializable(typeof(RulesReply))]
[JsonSerializable(typeof(Done))]
sealed partial class RuleBookWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from purchase orders.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(PurchaseCommand))]
[JsonSerializable(typeof(PurchaseReply))]
[JsonSerializable(typeof(Done))]
sealed partial class PurchaseWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from transfers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(TransferCommand))]
[JsonSerializable(typeof(TransferReply))]
[JsonSerializable(typeof(Done))]
sealed partial class TransferWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from counts.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(CountCommand))]
[JsonSerializable(typeof(CountReply))]
[JsonSerializable(typeof(Done))]
sealed partial class CountWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from pick lists.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(PickListCommand))]
[JsonSerializable(typeof(PickListReply))]
[JsonSerializable(typeof(Done))]
sealed partial class PickListWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from rosters of pick lists.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RosterCommand))]
[JsonSerializable(typeof(RosterReply))]
[JsonSerializable(typeof(Done))]
sealed partial class PickRosterWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from replenishment.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RefillCommand))]
[JsonSerializable(typeof(RefillReply))]
[JsonSerializable(typeof(Done))]
sealed partial class RefillsWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from sensors.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(SensorCommand))]
[JsonSerializable(typeof(SensorReply))]
[JsonSerializable(typeof(Done))]
sealed partial class SensorWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from GTINs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(TradeItemCommand))]
[JsonSerializable(typeof(ClaimGtinReply))]
[JsonSerializable(typeof(TradeItemReply))]
[JsonSerializable(typeof(Done))]
sealed partial class CatalogWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from products.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ProductCommand))]
[JsonSerializable(typeof(ProductReply))]
[JsonSerializable(typeof(Done))]
sealed partial class ProductWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from attribute sets.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(AttributeSetCommand))]
[JsonSerializable(typeof(AttributeSetReply))]
sealed partial class AttributeSetWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from compliance rules.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ComplianceCommand))]
[JsonSerializable(typeof(ComplianceReply))]
sealed partial class ComplianceWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from aliases.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(SkuAliasCommand))]
[JsonSerializable(typeof(SkuAliasReply))]
sealed partial class SkuAliasWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from layouts.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(LayoutCommand))]
[JsonSerializable(typeof(LayoutReply))]
[JsonSerializable(typeof(LayoutPlan))]
[JsonSerializable(typeof(LayoutFloor))]
[JsonSerializable(typeof(AdmitReply))]
sealed partial class LayoutWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from the boxes of nodes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(BoxCommand))]
[JsonSerializable(typeof(BoxReply))]
[JsonSerializable(typeof(BoxList))]
sealed partial class BoxWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from packing jobs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(PackCommand))]
[JsonSerializable(typeof(PackReply))]
[JsonSerializable(typeof(Done))]
sealed partial class PackJobWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from parcels.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ParcelCommand))]
[JsonSerializable(typeof(ParcelReply))]
[JsonSerializable(typeof(Done))]
sealed partial class ParcelWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from manifests.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ManifestCommand))]
[JsonSerializable(typeof(DockReply))]
[JsonSerializable(typeof(Done))]
sealed partial class ManifestWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from pickups.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(PickupCommand))]
[JsonSerializable(typeof(PickupTold))]
[JsonSerializable(typeof(Done))]
sealed partial class PickupWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from totes, cartons and pallets.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(LicensePlateCommand))]
[JsonSerializable(typeof(PlateReply))]
[JsonSerializable(typeof(PlateAdmitReply))]
[JsonSerializable(typeof(TakeReply))]
[JsonSerializable(typeof(FollowReply))]
[JsonSerializable(typeof(Done))]
sealed partial class PlateWire : JsonSerializerContext;

/// <summary>Contracts of what travels to and from the shipping container codes of sellers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(SsccRangeCommand))]
[JsonSerializable(typeof(SsccReply))]
sealed partial class SsccRangeWire : JsonSerializerContext;
