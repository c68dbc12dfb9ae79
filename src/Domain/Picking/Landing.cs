namespace Fulfillment.Picking;

/// <summary>A point of an aisle, in millimetres from where it begins. <c>Off</c>: how far away the place is.</summary>
readonly record struct Landing(int Aisle, long At, long Off);
