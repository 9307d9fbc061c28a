namespace TransferLearning.Runtime.Tensors;

/// <summary>The element type and the shape of a tensor. Immutable.</summary>
internal sealed record TensorType(ElementType Element, Shape Shape)
{
    public static TensorType Of(Tensor tensor) => new(tensor.Type, tensor.Shape);

    public override string ToString() => $"{Element}{Shape}";
}
