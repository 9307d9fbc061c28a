namespace TransferLearning.Runtime.Tensors;

/// <summary>What a tensor is without its values. Immutable.</summary>
internal sealed record TensorType(ElementType Element, Shape Shape)
{
    public static TensorType Of(Tensor tensor) => new(tensor.Type, tensor.Shape);

    public override string ToString() => $"{Element}{Shape}";
}
