// When a view cannot be drawn, the rest of the page stands, and there is a way on. Nothing is lost: the state is the server's.
import { Component, type ComponentChildren } from 'preact';
import { words } from '../words/words';
import { Button } from './button';

export class Boundary extends Component<{ children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };
  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ broken: true });
  }
  override render() {
    if (!this.state.broken) return this.props.children;
    const w = words.value.errors;
    return (
      <div class="narrow" role="alert" data-name="broken">
        <h1>{w.title}</h1>
        <p class="lead">{w.drawn}</p>
        <div class="buttons">
          <Button look="main" onPress={() => location.reload()}>
            {w.reload}
          </Button>
        </div>
      </div>
    );
  }
}
