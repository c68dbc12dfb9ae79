using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fulfillment.Composition;

namespace Fulfillment.Client.Api;

/// <summary>How bodies are written and read. Unknown fields are refused, except in orders, which keep them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false, MaxDepth = 32,
    Converters = [typeof(UtcMilliseconds)])]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(NodeRequest))]
[JsonSerializable(typeof(NodeBody))]
[JsonSerializable(typeof(PageBody<NodeBody>), TypeInfoPropertyName = "NodePage")]
[JsonSerializable(typeof(SkuRequest))]
[JsonSerializable(typeof(SkuBody))]
[JsonSerializable(typeof(PageBody<SkuBody>), TypeInfoPropertyName = "SkuPage")]
[JsonSerializable(typeof(AvailabilityBody))]
[JsonSerializable(typeof(AvailabilitiesBody))]
[JsonSerializable(typeof(SubstitutesBody))]
[JsonSerializable(typeof(SupplyRequest))]
[JsonSerializable(typeof(SupplyChangeRequest))]
[JsonSerializable(typeof(SupplyBody))]
[JsonSerializable(typeof(SuppliesBody))]
[JsonSerializable(typeof(ImpactBody))]
[JsonSerializable(typeof(ReceiptRequest))]
[JsonSerializable(typeof(AdjustmentRequest))]
[JsonSerializable(typeof(MoveRequest))]
[JsonSerializable(typeof(MovementAnswer))]
[JsonSerializable(typeof(PageBody<MovementBody>), TypeInfoPropertyName = "MovementPage")]
[JsonSerializable(typeof(PickRequest))]
[JsonSerializable(typeof(UnpickRequest))]
[JsonSerializable(typeof(PickAnswer))]
[JsonSerializable(typeof(SlotsBody))]
[JsonSerializable(typeof(PageBody<SlotBody>), TypeInfoPropertyName = "SlotPage")]
[JsonSerializable(typeof(PageBody<LotBody>), TypeInfoPropertyName = "LotPage")]
[JsonSerializable(typeof(LotReasonRequest))]
[JsonSerializable(typeof(LotTraceBody))]
[JsonSerializable(typeof(PageBody<LotOrderBody>), TypeInfoPropertyName = "LotOrderPage")]
[JsonSerializable(typeof(PageBody<UnitMoveBody>), TypeInfoPropertyName = "UnitMovePage")]
[JsonSerializable(typeof(SerialBody))]
[JsonSerializable(typeof(HoldRequest))]
[JsonSerializable(typeof(HoldBody))]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(OrderBody))]
[JsonSerializable(typeof(PageBody<OrderListBody>), TypeInfoPropertyName = "OrderPage")]
[JsonSerializable(typeof(CancelRequest))]
[JsonSerializable(typeof(PaymentRequest))]
[JsonSerializable(typeof(ShipRequest))]
[JsonSerializable(typeof(DeliverRequest))]
[JsonSerializable(typeof(FulfilmentBody))]
[JsonSerializable(typeof(PageBody<FulfilmentBody>), TypeInfoPropertyName = "FulfilmentPage")]
[JsonSerializable(typeof(MoveWorkRequest))]
[JsonSerializable(typeof(SplitWorkRequest))]
[JsonSerializable(typeof(MergeWorkRequest))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(RerouteRequest))]
[JsonSerializable(typeof(NodeStateBody))]
[JsonSerializable(typeof(StockSnapshotRequest))]
[JsonSerializable(typeof(StockSnapshotBody))]
[JsonSerializable(typeof(OrderRoutingBody))]
[JsonSerializable(typeof(OrderPromiseBody))]
[JsonSerializable(typeof(PayWithRequest))]
[JsonSerializable(typeof(CaptureRequest))]
[JsonSerializable(typeof(RefundRequest))]
[JsonSerializable(typeof(RetryRequest))]
[JsonSerializable(typeof(OrderHoldRequest))]
[JsonSerializable(typeof(ReleaseRequest))]
[JsonSerializable(typeof(AskBuyerRequest))]
[JsonSerializable(typeof(InterceptRequest))]
[JsonSerializable(typeof(EditRequest))]
[JsonSerializable(typeof(PageBody<HoldListBody>), TypeInfoPropertyName = "HoldPage")]
[JsonSerializable(typeof(PaymentBody))]
[JsonSerializable(typeof(PageBody<PaymentListBody>), TypeInfoPropertyName = "PaymentPage")]
[JsonSerializable(typeof(PaymentCountsBody))]
[JsonSerializable(typeof(AccountRequest))]
[JsonSerializable(typeof(AccountBody))]
[JsonSerializable(typeof(UnitsBody))]
[JsonSerializable(typeof(TimelineBody))]
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(BulkResult))]
[JsonSerializable(typeof(QuarantineBody))]
[JsonSerializable(typeof(PageBody<QuarantineBody>), TypeInfoPropertyName = "QuarantinePage")]
[JsonSerializable(typeof(DiscardRequest))]
[JsonSerializable(typeof(ReplayBody))]
[JsonSerializable(typeof(FraudPolicyRequest))]
[JsonSerializable(typeof(FraudPolicyBody))]
[JsonSerializable(typeof(AssessRequest))]
[JsonSerializable(typeof(AssessmentBody))]
[JsonSerializable(typeof(ProposeRulesRequest))]
[JsonSerializable(typeof(RulesStepRequest))]
[JsonSerializable(typeof(ActivateRulesRequest))]
[JsonSerializable(typeof(ShadowRequest))]
[JsonSerializable(typeof(RulesChangeBody))]
[JsonSerializable(typeof(RulesVersionBody))]
[JsonSerializable(typeof(RuleBookBody))]
[JsonSerializable(typeof(WhatIfRequest))]
[JsonSerializable(typeof(PreviewRequest))]
[JsonSerializable(typeof(TriedBody))]
[JsonSerializable(typeof(PromiseRequest))]
[JsonSerializable(typeof(PromiseQuoteBody))]
[JsonSerializable(typeof(PageBody<ShadowedOrderBody>), TypeInfoPropertyName = "ShadowedPage")]
[JsonSerializable(typeof(PageBody<AffectedBody>), TypeInfoPropertyName = "AffectedPage")]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(PageBody<CardChangeBody>), TypeInfoPropertyName = "CardChangePage")]
[JsonSerializable(typeof(ScanRequest))]
[JsonSerializable(typeof(ScanBody))]
[JsonSerializable(typeof(WebhookBody))]
[JsonSerializable(typeof(PurchaseOrderRequest))]
[JsonSerializable(typeof(PurchaseSendRequest))]
[JsonSerializable(typeof(PurchaseAcknowledgeRequest))]
[JsonSerializable(typeof(PurchaseChangeRequest))]
[JsonSerializable(typeof(PurchaseCancelRequest))]
[JsonSerializable(typeof(PurchaseCloseRequest))]
[JsonSerializable(typeof(ShipmentNoticeRequest))]
[JsonSerializable(typeof(PurchaseReceiptRequest))]
[JsonSerializable(typeof(FinishRequest))]
[JsonSerializable(typeof(ChargeRequest))]
[JsonSerializable(typeof(ShipmentNoticeBody))]
[JsonSerializable(typeof(GoodsReceiptBody))]
[JsonSerializable(typeof(DiscrepanciesBody))]
[JsonSerializable(typeof(ChargeBody))]
[JsonSerializable(typeof(LandedCostBody))]
[JsonSerializable(typeof(TransferRequest))]
[JsonSerializable(typeof(TransferShipRequest))]
[JsonSerializable(typeof(WriteOffRequest))]
[JsonSerializable(typeof(TransferCancelRequest))]
[JsonSerializable(typeof(TransferBody))]
[JsonSerializable(typeof(PageBody<TransferBody>), TypeInfoPropertyName = "TransferPage")]
[JsonSerializable(typeof(SensorRequest))]
[JsonSerializable(typeof(SensorBody))]
[JsonSerializable(typeof(WeightRequest))]
[JsonSerializable(typeof(ObservationsBody))]
[JsonSerializable(typeof(CountRequest))]
[JsonSerializable(typeof(CountScanRequest))]
[JsonSerializable(typeof(CountFinishRequest))]
[JsonSerializable(typeof(CountDecisionRequest))]
[JsonSerializable(typeof(CountRejectRequest))]
[JsonSerializable(typeof(RecountRequest))]
[JsonSerializable(typeof(CountCancelRequest))]
[JsonSerializable(typeof(CountScanBody))]
[JsonSerializable(typeof(CountBody))]
[JsonSerializable(typeof(PageBody<CountListBody>), TypeInfoPropertyName = "CountPage")]
[JsonSerializable(typeof(CountAccuracyBody))]
[JsonSerializable(typeof(CountProposalsBody))]
[JsonSerializable(typeof(CountProposalRequest))]
[JsonSerializable(typeof(PurchaseOrderBody))]
[JsonSerializable(typeof(PurchaseImpactBody))]
[JsonSerializable(typeof(PageBody<PurchaseListBody>), TypeInfoPropertyName = "PurchasePage")]
[JsonSerializable(typeof(StockAsOfBody))]
[JsonSerializable(typeof(LedgerHead))]
[JsonSerializable(typeof(LedgerKeyBody))]
[JsonSerializable(typeof(LedgerProof))]
[JsonSerializable(typeof(ConsistencyBody))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(long?))]
public sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>As <see cref="Default"/>, without escaping what is only special in HTML.</summary>
    public static ApiJson Wire => Relaxed.Json;

    // A class of its own, so that Default is there before it.
    static class Relaxed
    {
        public static readonly ApiJson Json =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}

/// <summary>Times as RFC 3339 in UTC with milliseconds.</summary>
public sealed class UtcMilliseconds : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[32];
        Ensure.That(value.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        writer.WriteStringValue(text[..length]);
    }
}
